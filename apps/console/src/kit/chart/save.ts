/** A chart as a file: picture, drawing or table. */
import { csvFile, csvText } from '../csv.ts'
import type { ChartProps } from './chart-props.ts'

export function saveCsv({
  label,
  points,
  series,
}: Pick<ChartProps, 'label' | 'points' | 'series'>): void {
  const head = ['period', ...series.map((each) => each.title)]
  const rows = points.map((point) => [point.at, ...series.map((each) => point.values[each.key])])
  const parts = csvFile([csvText([head, ...rows])])
  save(new Blob(parts, { type: 'text/csv' }), `${fileName(label)}.csv`)
}

export function saveSvg(holder: HTMLElement | null, label: string): void {
  const text = svgText(holder)
  if (text) save(new Blob([text], { type: 'image/svg+xml' }), `${fileName(label)}.svg`)
}

export async function savePng(holder: HTMLElement | null, label: string): Promise<void> {
  const text = svgText(holder)
  const box = holder?.querySelector('svg')?.getBoundingClientRect()
  if (!text || !box) return
  const picture = new Image()
  picture.src = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }))
  await picture.decode()
  const canvas = document.createElement('canvas')
  canvas.width = box.width * 2
  canvas.height = box.height * 2
  const pen = canvas.getContext('2d')
  if (!pen) return
  pen.scale(2, 2)
  pen.fillStyle = getComputedStyle(document.body).backgroundColor
  pen.fillRect(0, 0, box.width, box.height)
  pen.drawImage(picture, 0, 0, box.width, box.height)
  URL.revokeObjectURL(picture.src)
  canvas.toBlob((blob) => blob && save(blob, `${fileName(label)}.png`))
}

const kept = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'font-family',
  'font-size',
  'opacity',
]

/** Colours are variables of the page: a file has to carry them itself. */
function svgText(holder: HTMLElement | null): string | null {
  const svg = holder?.querySelector('svg')
  if (!svg) return null
  const copy = svg.cloneNode(true) as SVGSVGElement
  const sources = [svg, ...svg.querySelectorAll<SVGElement>('*')]
  const targets = [copy, ...copy.querySelectorAll<SVGElement>('*')]
  for (const [index, source] of sources.entries()) {
    const style = getComputedStyle(source)
    for (const property of kept)
      targets[index]?.style.setProperty(property, style.getPropertyValue(property))
  }
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  return new XMLSerializer().serializeToString(copy)
}

function fileName(label: string): string {
  return label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

export function save(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
