/**
 * One chart for the Console: zero-based bars for amounts, lines for rates and counts; a switch to the
 * table behind; download as PNG, SVG, CSV. Loads its library by itself.
 *
 *     <Chart
 *       label="Revenue by month" kind="bars" stacked
 *       points={[{ at: '2026-08-01', label: 'Aug 2026', values: { usage: '1200.5', standing: 99 } }]}
 *       series={[{ key: 'usage', title: 'Usage' }, { key: 'standing', title: 'Standing charge' }]}
 *       unit="USD" places={2}
 *       open={(point) => …}                 // the running period: hatched
 *       limits={[{ value: 5000, title: 'Minimum spend' }]}
 *       zoom="here"                         // drag across the drawing to look closer
 *     />
 *
 * Values may be exact text; only the drawing uses doubles, tooltip and table show the digits.
 */
import { ActionIcon, Button, Menu, SegmentedControl, Skeleton } from '@mantine/core'
import {
  IconChartBar,
  IconChartLine,
  IconDownload,
  IconTable,
  IconZoomOut,
} from '@tabler/icons-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { Absent } from '../format/amount.tsx'
import { grouped, unitWords } from '../format/digits.ts'
import classes from './chart.module.css'
import type { ChartPoint, ChartProps } from './chart-props.ts'
import { saveCsv, savePng, saveSvg } from './save.ts'

const Drawing = lazy(() => import('./drawing.tsx').then((module) => ({ default: module.Drawing })))

export function Chart(props: ChartProps) {
  const { label, kind, height = 240 } = props
  const [view, setView] = useState<'chart' | 'table'>('chart')
  const [closer, setCloser] = useState<[first: string, last: string] | null>(null)
  const holder = useRef<HTMLDivElement>(null)
  const points = closer ? between(props.points, closer) : props.points
  const zoom =
    props.zoom === 'here'
      ? (first: ChartPoint, last: ChartPoint) => setCloser([first.at, last.at])
      : props.zoom
  const zoomOut = points === props.points ? props.zoomOut : () => setCloser(null)
  const Icon = kind === 'bars' ? IconChartBar : IconChartLine
  return (
    <figure className={classes.figure} aria-label={label} data-zoom={zoom ? true : undefined}>
      <div className={classes.head}>
        <Legend {...props} />
        {zoomOut && (
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconZoomOut size={14} />}
            onClick={zoomOut}
          >
            Zoom out
          </Button>
        )}
        <SegmentedControl
          size="xs"
          value={view}
          onChange={(value) => setView(value === 'table' ? 'table' : 'chart')}
          data={[
            { value: 'chart', label: <Icon size={14} aria-label="Chart" /> },
            { value: 'table', label: <IconTable size={14} aria-label="Table" /> },
          ]}
        />
        <Menu>
          <Menu.Target>
            <ActionIcon aria-label={`Download ${label}`}>
              <IconDownload size={15} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              disabled={view === 'table'}
              onClick={() => void savePng(holder.current, label)}
            >
              PNG
            </Menu.Item>
            <Menu.Item disabled={view === 'table'} onClick={() => saveSvg(holder.current, label)}>
              SVG
            </Menu.Item>
            <Menu.Item onClick={() => saveCsv(props)}>CSV</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <div ref={holder} style={{ minHeight: height }}>
        {view === 'table' ? (
          <ChartTable {...props} points={points} />
        ) : (
          <Suspense fallback={<Skeleton h={height} />}>
            <Drawing
              key={zoom ? spanOf(points) : ''}
              {...props}
              points={points}
              height={height}
              onZoom={zoom}
            />
          </Suspense>
        )}
      </div>
    </figure>
  )
}

/** Other times are another drawing: what was told below the pointer is no longer there. */
function spanOf(points: readonly ChartPoint[]): string {
  return `${points[0]?.at} ${points.at(-1)?.at}`
}

/** All of them where the chosen ones have gone with newer data. */
function between(points: ChartPoint[], [first, last]: [string, string]): ChartPoint[] {
  const from = points.findIndex(({ at }) => at === first)
  const to = points.findIndex(({ at }) => at === last)
  return from < 0 || to < 0 ? points : points.slice(from, to + 1)
}

function Legend({ series, unit, title }: ChartProps) {
  if (title !== undefined)
    return (
      <h3 className={classes.title} title={title}>
        {title} {unit && <small>{unitWords(unit)}</small>}
      </h3>
    )
  return (
    <ul className={classes.legend}>
      {(series.length > 1 || unit) &&
        series.map((each, index) => (
          <li key={each.key}>
            <i style={{ background: `var(--series-${(index % 6) + 1})` }} />
            <span>
              {each.title} {series.length === 1 && unit && <small>{unitWords(unit)}</small>}
            </span>
          </li>
        ))}
    </ul>
  )
}

function ChartTable({ points, series, places = 0, label }: ChartProps) {
  return (
    <div className={classes.tableHolder}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Period</th>
            {series.map((each) => (
              <th key={each.key} scope="col">
                {each.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.at}>
              <th scope="row">{point.label}</th>
              {series.map((each) => {
                const value = point.values[each.key]
                return (
                  <td key={each.key}>
                    {value === null || value === undefined ? <Absent /> : grouped(value, places)}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
