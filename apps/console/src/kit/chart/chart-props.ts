/** What a chart draws. Values may be exact text; only the drawing uses doubles. */
import type { Numeric } from '../api/exact-json.ts'

export type ChartPoint = {
  at: string
  label: string
  values: Record<string, Numeric | null | undefined>
}
export type ChartSeries = { key: string; title: string }

export type ChartProps = {
  label: string
  /** Stands above the drawing, beside the unit; a panel's title makes it needless. */
  title?: string
  kind: 'bars' | 'lines'
  points: ChartPoint[]
  series: ChartSeries[]
  stacked?: boolean
  /** Currency or unit: on axis and tooltip. */
  unit?: string
  places?: number
  height?: number
  open?: (point: ChartPoint) => boolean
  /**
   * What dragging across the drawing does: look closer at those points here, or ask again for the
   * time from the first to the last of them. Only for points along time.
   */
  zoom?: 'here' | ((first: ChartPoint, last: ChartPoint) => void)
  /** Back to the whole, where `zoom` asked again. */
  zoomOut?: (() => void) | undefined
  limits?: { value: number; title: string }[]
}
