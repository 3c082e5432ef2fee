import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../kit/api/client.ts'
import { momentText } from '../../kit/format/moment.tsx'
import { Failure, Lines } from '../../kit/page/states.tsx'
import classes from './session.module.css'

type Session = {
  id: string
  isCurrent: boolean
  dtCreated: string
  address?: string
  browser?: string
}

export function Sessions() {
  const client = useQueryClient()
  const sessions = useQuery({
    queryKey: ['sessions'],
    queryFn: () => api.get<{ data: Session[] }>('/auth/sessions'),
  })
  const end = useMutation({
    mutationFn: (id: string) => api.remove(`/auth/sessions/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  })
  if (sessions.error) return <Failure error={sessions.error} />
  if (!sessions.data) return <Lines count={2} />
  return sessions.data.data.map((session) => (
    <div key={session.id} className={classes.session}>
      <span>
        {browserName(session.browser)}
        <small>
          {session.address} · since{' '}
          {momentText(session.dtCreated, Intl.DateTimeFormat().resolvedOptions().timeZone)}
        </small>
      </span>
      {session.isCurrent ? (
        <small>This one</small>
      ) : (
        <Button size="xs" variant="default" onClick={() => end.mutate(session.id)}>
          End
        </Button>
      )}
    </div>
  ))
}

/** Enough to know one's own devices apart. */
function browserName(agent = ''): string {
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)\//.exec(agent)?.[1] ?? 'Browser'
  const system = /(Windows|Mac OS X|Android|iPhone|Linux)/.exec(agent)?.[1]
  const known: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS' }
  return [known[browser] ?? browser, system && (known[system] ?? system)]
    .filter(Boolean)
    .join(' on ')
}
