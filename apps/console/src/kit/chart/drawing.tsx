/** The drawing itself, in a chunk of its own because the library is large. */
import '@mantine/charts/styles.layer.css'
import { BarChart, LineChart } from '@mantine/charts'
import { useId } from 'react'
import { compactText, grouped, unitWords } from '../format/digits.ts'
import classes from './chart.module.css'
import type { ChartPoint, ChartProps, ChartSeries } from './chart-props.ts'
import { useDrag } from './drag.ts'

/** Room for the upper half of the top label; without it the axis pushes that label off its line. */
const MARGIN = { top: 10 }

type DrawingProps = ChartProps & {
  height: number
  onZoom: ((first: ChartPoint, last: ChartPoint) => void) | undefined
}

export function Drawing(props: DrawingProps) {
  const { kind, points, series, stacked, height, limits = [], open } = props
  const { span, handlers } = useDrag(points, props.onZoom)
  const rows = points.map((point) => ({
    label: point.label,
    point,
    ...Object.fromEntries(series.map((each) => [each.key, toDrawn(point.values[each.key])])),
  }))
  const shared = {
    h: height,
    data: rows,
    dataKey: 'label',
    series: series.map((each, index) => ({
      name: each.key,
      label: each.title,
      color: `var(--series-${(index % 6) + 1})`,
    })),
    gridAxis: 'x' as const,
    tickLine: 'none' as const,
    strokeDasharray: '0',
    gridColor: 'var(--rule)',
    textColor: 'var(--ink-faint)',
    valueFormatter: compactText,
    referenceLines: limits.map((limit) => ({
      y: limit.value,
      label: limit.title,
      color: 'var(--warn)',
    })),
    referenceAreas: span
      ? [{ x1: span[0].label, x2: span[1].label, color: 'var(--accent)', fillOpacity: 0.14 }]
      : [],
    tooltipProps: {
      content: ({ payload }: { payload?: readonly { payload?: { point?: ChartPoint } }[] }) => (
        <PointTip point={payload?.[0]?.payload?.point} {...props} />
      ),
    },
    yAxisProps: { width: 56, tickCount: 5 },
    xAxisProps: { minTickGap: 24, tickFormatter: withoutYear(points) },
  }
  if (kind === 'lines')
    return (
      <LineChart
        {...shared}
        lineChartProps={{ margin: MARGIN, ...handlers }}
        curveType="monotone"
        withDots={points.length < 32}
        dotProps={{ r: 2.5 }}
        strokeWidth={1.8}
      />
    )
  const isOpen = (index: number) => {
    const point = points[index]
    return point !== undefined && (open?.(point) ?? false)
  }
  return (
    <BarChart
      {...shared}
      barChartProps={{ margin: MARGIN, ...handlers }}
      type={stacked ? 'stacked' : 'default'}
      maxBarWidth={42}
      tooltipProps={{ ...shared.tooltipProps, cursor: { fill: 'var(--paper-hover)' } }}
      barProps={{
        isAnimationActive: false,
        radius: stacked ? 0 : 2,
        shape: (shape: BarShape) => <Bar {...shape} isOpen={isOpen(shape.index ?? -1)} />,
      }}
    />
  )
}

type BarShape = {
  x?: number | undefined
  y?: number | undefined
  width?: number | undefined
  height?: number | undefined
  fill?: string | undefined
  index?: number | undefined
}

/** The open period is hatched: what is there may still grow. */
function Bar({
  x = 0,
  y = 0,
  width = 0,
  height = 0,
  fill = '',
  isOpen,
}: BarShape & { isOpen: boolean }) {
  const hatch = useId()
  const place = {
    x,
    y: height < 0 ? y + height : y,
    width: Math.max(0, width),
    height: Math.abs(height),
  }
  if (!isOpen) return <rect {...place} fill={fill} />
  return (
    <>
      <pattern
        id={hatch}
        width={6}
        height={6}
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width={2.5} height={6} fill={fill} fillOpacity={0.45} />
      </pattern>
      <rect {...place} fill={`url(#${hatch})`} stroke={fill} strokeDasharray="3 2" />
    </>
  )
}

/** Where all points lie in one year, the axis need not repeat it. */
function withoutYear(points: readonly ChartPoint[]): (label: string) => string {
  const years = new Set(points.map(({ label }) => / \d{4}$/.exec(label)?.[0] ?? ''))
  const [year = ''] = years
  return (label) => (years.size === 1 && year !== '' ? label.replace(year, '') : label)
}

type PointTipProps = ChartProps & { point: ChartPoint | undefined }

function PointTip({ point, series, unit, places = 0, open }: PointTipProps) {
  if (!point) return null
  return (
    <div className={classes.tip}>
      <b>
        {point.label}
        {open?.(point) ? ', still open' : ''}
      </b>
      {series.map((each, index) => (
        <TipLine
          key={each.key}
          series={each}
          index={index}
          value={point.values[each.key]}
          unit={unit}
          places={places}
        />
      ))}
    </div>
  )
}

type TipLineProps = {
  series: ChartSeries
  index: number
  value: ChartPoint['values'][string]
  unit: string | undefined
  places: number
}

function TipLine({ series, index, value, unit, places }: TipLineProps) {
  if (value === null || value === undefined) return null
  return (
    <div className={classes.tipLine}>
      <i style={{ background: `var(--series-${(index % 6) + 1})` }} />
      <span>{series.title}</span>
      <span className={classes.tipValue}>
        {unit && <small>{unitWords(unit)}</small>} {grouped(value, places)}
      </span>
    </div>
  )
}

function toDrawn(value: ChartPoint['values'][string]): number | null {
  return value === null || value === undefined ? null : Number(value)
}
