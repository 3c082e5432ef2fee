import { IconUsers } from '@tabler/icons-react'
import { Moment } from '../../kit/format/moment.tsx'
import { Code } from '../../kit/format/state.tsx'
import { AppLink, ButtonLink } from '../../kit/link.tsx'
import { Panel } from '../../kit/page/page.tsx'
import { EmptyLesson, Failure, Lines } from '../../kit/page/states.tsx'
import { useAnswer } from '../../kit/query/resource.ts'
import classes from './dashboard.module.css'

type RecentAccount = { id: string; name: string; code: string; dtVisited: string }

export function useRecentAccounts({ enabled = true } = {}) {
  return useAnswer<{ data: RecentAccount[] }>('/console/recentaccounts', {}, { enabled })
}

export function RecentAccounts() {
  const recent = useRecentAccounts()
  const rows = recent.data?.data ?? []
  return (
    <Panel
      title="Recent Accounts"
      flush
      actions={
        <AppLink to="/accounts" className={classes.all}>
          View All
        </AppLink>
      }
    >
      {recent.isPending && <Lines count={4} />}
      {recent.error && <Failure error={recent.error} retry={() => void recent.refetch()} />}
      {recent.data && rows.length === 0 && (
        <EmptyLesson
          small
          icon={IconUsers}
          title="No account visited yet"
          text="Accounts you open, create or change wait here, the latest on top."
          action={
            <ButtonLink size="xs" variant="default" to="/accounts">
              Browse accounts
            </ButtonLink>
          }
        />
      )}
      {rows.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Code</th>
              <th scope="col">Last visited</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>
                  <AppLink to={`/accounts/${row.id}`}>{row.name}</AppLink>
                </td>
                <td>
                  <Code>{row.code}</Code>
                </td>
                <td>
                  <Moment at={row.dtVisited} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
