/** The drawing itself, in a chunk of its own because the library is large. */
import '@mantine/charts/styles.layer.css'
import { BarChart, LineChart } from '@mantine/charts'
import { grouped, unitWords } from '../format/digits.ts'
import classes from './chart.module.css'
import type { ChartPoint, ChartProps, ChartSeries } from './chart-props.ts'

export function Drawing(props: ChartProps & { height: number }) {
  const { kind, points, series, stacked, height, limits = [], open } = props
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
    valueFormatter: (value: number) => short(value),
    referenceLines: limits.map((limit) => ({
      y: limit.value,
      label: limit.title,
      color: 'var(--warn)',
    })),
    tooltipProps: {
      content: ({ payload }: { payload?: readonly { payload?: { point?: ChartPoint } }[] }) => (
        <PointTip point={payload?.[0]?.payload?.point} {...props} />
      ),
    },
    yAxisProps: { width: 56, tickCount: 5 },
    xAxisProps: { minTickGap: 24 },
  }
  if (kind === 'lines')
    return (
      <LineChart
        {...shared}
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
      type={stacked ? 'stacked' : 'default'}
      maxBarWidth={42}
      cursorFill="var(--paper-hover)"
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

/** The open period is an outline with a light filling: what is there may still grow. */
function Bar({
  x = 0,
  y = 0,
  width = 0,
  height = 0,
  fill = '',
  isOpen,
}: BarShape & { isOpen: boolean }) {
  const top = height < 0 ? y + height : y
  return (
    <rect
      x={x}
      y={top}
      width={Math.max(0, width)}
      height={Math.abs(height)}
      fill={fill}
      fillOpacity={isOpen ? 0.28 : 1}
      stroke={isOpen ? fill : 'none'}
      strokeDasharray={isOpen ? '3 2' : undefined}
    />
  )
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

/** 12,500 as 12.5k: axes have no room for digits. A small m would read as thousandths. */
function short(value: number): string {
  return new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 })
    .format(value)
    .replace(/m$/, 'M')
}
