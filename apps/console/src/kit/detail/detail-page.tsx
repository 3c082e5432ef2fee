/**
 * A details page (console 3.2): one line that says what this is, one of acts, then the panels.
 *
 *     <DetailPage
 *       query={useOne<Meter>(meter, id)}
 *       trail={[{ title: 'Metering' }, { title: 'Meters', to: '/metering/meters' }]}
 *       title={(row) => row.name} code={(row) => row.code}
 *       state={(row) => <State tone="good">Active</State>}
 *       actions={(row) => <EditButton to={`/metering/meters/${id}/edit`} permission={meter.permission} />}
 *       menu={(row) => [{ label: 'Delete meter', tone: 'bad', icon: IconTrash, run: () => void remove(row) }]}
 *       facts={(row) => [{ label: 'Product', value: … }]}      // aside, followed by the audit block
 *     >
 *       {(row) => <Panel title="Data fields">…</Panel>}
 *     </DetailPage>
 */
import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconPencil } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Code, Copyable } from '../format/state.tsx'
import { ButtonLink, useGo } from '../link.tsx'
import { MenuEntries, type MenuEntry } from '../list/list-toolbar.tsx'
import { useCan } from '../organization.ts'
import { Columns, type Fact, Facts, Page, Panel } from '../page/page.tsx'
import { type Crumb, PageHead } from '../page/page-head.tsx'
import { Await } from '../page/states.tsx'
import type { Entity } from '../query/resource.ts'
import { Audit } from './audit.tsx'
import { Settling } from './settling.tsx'

type DetailPageProps<Row> = {
  query: UseQueryResult<Row>
  trail: Crumb[]
  title: (row: Row) => string
  code?: (row: Row) => string | undefined
  state?: (row: Row) => ReactNode
  actions?: (row: Row) => ReactNode
  menu?: (row: Row) => MenuEntry[]
  facts?: (row: Row) => Fact[]
  factsTitle?: string
  /** More of the aside, between facts and audit. */
  aside?: (row: Row) => ReactNode
  /** Between head and columns: tabs, notices. */
  top?: (row: Row) => ReactNode
  children: (row: Row) => ReactNode
}

export function DetailPage<Row extends Partial<Entity> & { id: string }>(
  props: DetailPageProps<Row>,
) {
  return (
    <Page>
      <Await query={props.query} trail={props.trail}>
        {(row) => {
          const code = props.code?.(row)
          const entries = props.menu?.(row) ?? []
          return (
            <>
              <PageHead
                trail={props.trail}
                title={props.title(row)}
                beside={
                  <>
                    {code && <Code>{code}</Code>}
                    {props.state?.(row)}
                  </>
                }
                actions={
                  <>
                    {props.actions?.(row)}
                    {entries.length > 0 && <ActionsMenu entries={entries} />}
                  </>
                }
              />
              {props.top?.(row)}
              <Columns
                aside={
                  <>
                    <Panel title={props.factsTitle ?? 'Details'} flush>
                      <Facts
                        facts={[
                          ...(props.facts?.(row) ?? []),
                          { label: 'ID', value: <Copyable text={row.id} label="Copy ID" short /> },
                        ]}
                      />
                    </Panel>
                    {props.aside?.(row)}
                    <Audit entity={row} />
                  </>
                }
              >
                <Settling key={row.id}>{props.children(row)}</Settling>
              </Columns>
            </>
          )
        }}
      </Await>
    </Page>
  )
}

export function ActionsMenu({
  entries,
  label = 'More actions',
}: {
  entries: MenuEntry[]
  label?: string
}) {
  const go = useGo()
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon variant="default" size={32} aria-label={label}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuEntries entries={entries} follow={go} />
      </Menu.Dropdown>
    </Menu>
  )
}

export function EditButton({ to, permission }: { to: string; permission: string }) {
  const may = useCan('config:update', permission)
  return (
    <ButtonLink
      to={to}
      variant="default"
      disabled={!may}
      leftSection={<IconPencil size={15} stroke={1.6} />}
    >
      Edit
    </ButtonLink>
  )
}
