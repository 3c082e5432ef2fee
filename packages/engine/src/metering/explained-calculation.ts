/** How the value of a compound aggregation came about, for the lines that charge it. */
import { parse } from '../calculation/parse.ts'
import { printPath, quoted } from '../calculation/print.ts'
import { placesOf } from '../calculation/references.ts'
import { isNumber, type Value } from '../calculation/values.ts'
import { type Decimal, digits } from '../money/decimal.ts'
import type { CompiledCompound, CompoundInput } from './compound.ts'
import { customFieldAt, printCustomField } from './custom-field.ts'

/** How a value came about, as bill lines keep it; decimals are text. */
export type ExplainedCalculation = {
  text: string
  /** What it read on the way, each once, in the order of reading. */
  read: ExplainedReading[]
}

type ExplainedReading = {
  /** The shortest spelling of what was read: `aggregation.calls`, `account.rate`. */
  reference: string
  /** Only of an aggregation. */
  aggregation?: { code: string; name: string }
  /** Null where there was none, and for a custom field that holds text. */
  value: string | null
  text?: string
}

/**
 * The quantity together with what made it. It only notes what is read and asks for nothing itself,
 * so explaining fails no calculation that would have come out.
 */
export function evaluateExplained(
  compound: CompiledCompound,
  input: CompoundInput,
  nameOf: (code: string) => string,
): { quantity: Decimal; calculation: ExplainedCalculation } | null {
  const read = new Map<string, ExplainedReading>()
  const quantity = compound.evaluate({
    aggregation: (code) => {
      const found = input.aggregation(code)
      const reference = printPath(['aggregation', code])
      const aggregation = { code, name: nameOf(code) }
      read.set(reference, { reference, aggregation, ...explainValue(found) })
      return found
    },
    customField: (of) => {
      const found = input.customField(of)
      const reference = printCustomField(of)
      read.set(reference, { reference, ...explainValue(found) })
      return found
    },
  })
  if (quantity === null) return null
  return { quantity, calculation: { text: compound.text, read: [...read.values()] } }
}

function explainValue(value: Value): Pick<ExplainedReading, 'value' | 'text'> {
  if (isNumber(value)) return { value: digits(value) }
  return typeof value === 'string' ? { value: null, text: value } : { value: null }
}

/**
 * The calculation with the values that it read in the place of their names; what it did not come to
 * read keeps its name.
 * Worked example: `(aggregation.a + aggregation.b) / 60` with 5,430 and 615: `(5430 + 615) / 60`.
 */
export function calculationWithValues({ text, read }: ExplainedCalculation): string {
  const values = new Map(read.map((each) => [each.reference, each]))
  const places = placesOf(parse(text)).toSorted((a, b) => a.at.position - b.at.position)
  let written = ''
  let end = 0
  for (const { path, at } of places) {
    const found = values.get(referenceOf(path))
    if (found === undefined) continue
    written += text.slice(end, at.position) + valueText(found)
    end = at.position + at.length
  }
  return written + text.slice(end)
}

function referenceOf(path: readonly string[]): string {
  const custom = customFieldAt(path)
  return custom === null ? printPath(path) : printCustomField(custom)
}

function valueText({ value, text }: ExplainedReading): string {
  if (text !== undefined) return quoted(text)
  return value?.startsWith('-') ? `(${value})` : (value ?? 'null')
}
