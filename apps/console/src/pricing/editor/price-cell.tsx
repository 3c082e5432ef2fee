/** The price of one metric in one plan: what counts today, what comes, and the way to change it. */

import { type Pricing, pricing } from '@countinghouse/contract/pricing/pricing.ts'
import { Menu, UnstyledButton } from '@mantine/core'
import {
  IconCopy,
  IconEye,
  IconList,
  IconPencil,
  IconPlus,
  IconReplace,
  IconTrash,
} from '@tabler/icons-react'
import { useLocation } from '@tanstack/react-router'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { counted } from '../../kit/format/digits.ts'
import { dayText } from '../../kit/format/moment.tsx'
import { useGo } from '../../kit/link.tsx'
import { MenuEntries } from '../../kit/list/list-toolbar.tsx'
import { useOrganization } from '../../kit/organization.ts'
import { type Metric, segmentKey } from '../pricing/metric.ts'
import { gapWords, uncharged } from '../pricing/price-gaps.tsx'
import { PriceSummary } from '../pricing/price-summary.tsx'
import { stateOf } from '../pricing/queries.ts'
import { isAhead } from '../pricing/through-time.ts'
import type { EditorColumn } from './column.ts'
import classes from './editor.module.css'
import { usePriceDetails } from './price-details.tsx'

type PriceCellProps = {
  column: EditorColumn
  metric: Metric
  segment: Record<string, string> | undefined
  prices: readonly Pricing[]
  /** The other plans and templates on the table, to copy a price to. */
  others: readonly EditorColumn[]
}

export function PriceCell({ column, metric, segment, prices, others }: PriceCellProps) {
  const go = useGo()
  const show = usePriceDetails()
  const { pathname, searchStr } = useLocation()
  // Back to this very table, with its product and columns.
  const from = `from=${encodeURIComponent(pathname.replace(/^\/o\/[^/]+/, '') + searchStr)}`
  const remove = useRemoveWithQuestion<Pricing>(pricing, {
    consequence: () =>
      `Usage of ${metric.name} is then ${column.isTemplate ? 'not charged by plans that follow this template' : 'charged by what the template says, or not at all'}, also on bills that are not locked and are calculated again.`,
  })
  const { timezone } = useOrganization()
  const now = Date.now()
  const same = prices.filter(
    (each) =>
      (each.aggregationId ?? each.compoundAggregationId) === metric.id &&
      segmentKey(each.segment) === segmentKey(segment),
  )
  const own = same.filter((each) => (each.planId ?? each.planTemplateId) === column.id)
  const active = own.find((each) => stateOf(each, now) === 'active')
  const [next, ...later] = own
    .filter((each) => stateOf(each, now) === 'future')
    .toSorted((a, b) => a.startDate.localeCompare(b.startDate))
  const inherited = column.isTemplate
    ? undefined
    : same.find(
        (each) => each.planTemplateId === column.templateId && stateOf(each, now) === 'active',
      )
  const create = (place: EditorColumn) =>
    `/pricing/pricings/create?${place.isTemplate ? 'planTemplateId' : 'planId'}=${place.id}&${from}`
  const add = `${create(column)}&metric=${metric.id}&segment=${encodeURIComponent(segmentKey(segment))}`
  const shown = active ?? inherited ?? next
  // What is to come can be changed like what counts, where nothing counts yet.
  const changed = active ?? (inherited ? undefined : next)
  const charging = (rows: readonly Pricing[]) =>
    rows.filter((each) => (each.type ?? 'DEBIT') === 'DEBIT')
  const ofTemplate = column.isTemplate ? [] : same.filter(isOfTemplate(column))
  const gap = uncharged(charging(own), ofTemplate, now).find((each) => isAhead(each, now))
  const versions = active || !inherited ? own : same.filter(isOfTemplate(column))
  return (
    <td data-inherited={shown === inherited && inherited ? true : undefined}>
      <Menu position="bottom-start">
        <Menu.Target>
          <UnstyledButton
            className={classes.cell ?? ''}
            aria-label={`${metric.name} in ${column.name}`}
          >
            {shown ? (
              <PriceSummary pricing={shown} currency={column.currency} unit={metric.unit} />
            ) : (
              <span className={classes.empty}>
                <IconPlus size={13} /> Add price
              </span>
            )}
            {shown && shown === next && <small>from {dayText(next.startDate, timezone)}</small>}
            {next && (shown !== next || later.length > 0) && (
              <small>
                {counted(later.length + (shown === next ? 0 : 1), 'price')}
                {shown === next && ' more'} to come
              </small>
            )}
            {gap && <small data-warn>No price {gapWords(gap, timezone)}</small>}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <MenuEntries
            follow={go}
            entries={[
              ...(shown
                ? [
                    {
                      label: 'Band by band, and through time',
                      icon: IconEye,
                      run: () => show({ column, metric, price: shown, versions }),
                    },
                  ]
                : []),
              {
                label: changed ? 'Add another price' : 'Add price',
                icon: IconPlus,
                to: add,
                needs: ['create', pricing.permission] as const,
              },
              ...(changed
                ? [
                    {
                      label: 'Edit in place',
                      icon: IconPencil,
                      to: `/pricing/pricings/${changed.id}/edit?${from}`,
                      needs: ['update', pricing.permission] as const,
                    },
                    {
                      label: 'Replace from a date',
                      icon: IconReplace,
                      to: `/pricing/pricings/create?replaces=${changed.id}&${from}`,
                      needs: ['update', pricing.permission] as const,
                    },
                    ...others.map((other) => ({
                      label: `Copy to ${other.name}`,
                      icon: IconCopy,
                      to: `${create(other)}&copy=${changed.id}`,
                      needs: ['create', pricing.permission] as const,
                    })),
                  ]
                : []),
              { label: `All prices of ${column.name}`, icon: IconList, to: column.path },
              ...(changed
                ? [
                    {
                      label: 'Delete',
                      icon: IconTrash,
                      tone: 'bad' as const,
                      run: () => void remove(changed),
                      needs: ['delete', pricing.permission] as const,
                    },
                  ]
                : []),
            ]}
          />
        </Menu.Dropdown>
      </Menu>
    </td>
  )
}

function isOfTemplate(column: EditorColumn) {
  return (each: Pricing) => each.planTemplateId === column.templateId
}
