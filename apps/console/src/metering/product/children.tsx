/** What belongs to a product: the newest of each kind, a link to the rest, and a way to make one. */
import { Button, Skeleton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { counted } from '../../kit/format/digits.ts'
import { Code } from '../../kit/format/state.tsx'
import { AppLink, ButtonLink } from '../../kit/link.tsx'
import { Panel } from '../../kit/page/page.tsx'
import { type Entity, usePages } from '../../kit/query/resource.ts'
import classes from './children.module.css'

type Kind = { one: string; many: string; collection: string; path: string }

const kinds: Kind[] = [
  { one: 'meter', many: 'Meters', collection: '/meters', path: '/metering/meters' },
  {
    one: 'aggregation',
    many: 'Aggregations',
    collection: '/aggregations',
    path: '/metering/aggregations',
  },
  {
    one: 'compound aggregation',
    many: 'Compound aggregations',
    collection: '/compoundaggregations',
    path: '/metering/compound-aggregations',
  },
  {
    one: 'plan template',
    many: 'Plan templates',
    collection: '/plantemplates',
    path: '/pricing/plan-templates',
  },
  { one: 'plan', many: 'Plans', collection: '/plans', path: '/pricing/plans' },
]

const SHOWN = 6

export function ProductChildren({ productId }: { productId: string }) {
  return (
    <div className={classes.grid}>
      {kinds.map((kind) => (
        <ChildPanel key={kind.many} kind={kind} productId={productId} />
      ))}
    </div>
  )
}

function ChildPanel({ kind, productId }: { kind: Kind; productId: string }) {
  const children = usePages<Entity>(kind.collection, { productId, pageSize: 100 })
  const count = children.isLoading
    ? undefined
    : `${children.rows.length}${children.hasMore ? '+' : ''}`
  return (
    <Panel
      title={kind.many}
      count={count}
      flush
      actions={
        <ButtonLink
          size="xs"
          variant="subtle"
          className={classes.create ?? ''}
          leftSection={<IconPlus size={14} />}
          aria-label={`Create ${kind.one}`}
          to={`${kind.path}/create?productId=${productId}`}
        >
          Create
        </ButtonLink>
      }
    >
      {children.isLoading && <Skeleton h={10} my={13} w="60%" />}
      {children.rows.slice(0, SHOWN).map((row) => (
        <div key={row.id} className={classes.row}>
          <AppLink to={`${kind.path}/${row.id}`}>{row.name ?? row.code}</AppLink>
          {row.code && <Code>{row.code}</Code>}
        </div>
      ))}
      {!children.isLoading && children.rows.length === 0 && (
        <p className={classes.none}>No {kind.one} of this product yet.</p>
      )}
      {children.rows.length > SHOWN && (
        <Button component="span" variant="transparent" size="xs" px={0}>
          <AppLink to={`${kind.path}?productId=${productId}`}>
            All {counted(children.rows.length, kind.one)}
          </AppLink>
        </Button>
      )}
    </Panel>
  )
}
