/** The bands of a price as an editable table; the columns follow the kind. Pastes from a spreadsheet. */
import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { ClipboardEvent } from 'react'
import { grouped } from '../../kit/format/digits.ts'
import { perUnit } from '../../kit/format/per-unit.ts'
import classes from './price.module.css'
import {
  type BandColumn,
  type BandDraft,
  isNumber,
  type PriceDraft,
  pastedRows,
  pricesOf,
  problemsOf,
  rowsOf,
} from './price-draft.ts'

type BandTableProps = {
  draft: PriceDraft
  currency: string
  unit: string
  onChange: (bands: BandDraft[]) => void
  /** Problems of the form by path: what was missing when it was submitted, what the server refused. */
  refused: Readonly<Record<string, string>>
}

export function BandTable({ draft, currency, unit, onChange, refused }: BandTableProps) {
  const columns = pricesOf(draft.kind)
  const rows = rowsOf(draft)
  const problems = problemsOf(draft)

  const cell = (row: number, column: BandColumn) => ({
    id: `field-pricingBands.${row}.${column}`,
    inputMode: 'decimal' as const,
    error:
      problems.find((found) => found.row === row && found.column === column)?.message ??
      refused[`pricingBands.${row}.${column}`] ??
      false,
  })

  function set(row: number, change: Partial<BandDraft>) {
    onChange(rows.map((band, at) => (at === row ? { ...band, ...change } : band)))
  }

  function paste(event: ClipboardEvent) {
    const pasted = pastedRows(event.clipboardData.getData('text'), draft.kind)
    if (pasted.length < 2) return
    event.preventDefault()
    onChange(pasted)
  }

  return (
    <div onPaste={paste}>
      <table className={classes.bands} aria-label="Price bands">
        <thead>
          <tr>
            {draft.kind !== 'PER_UNIT' && <th scope="col">Above</th>}
            {draft.kind !== 'PER_UNIT' && <th scope="col">Up to</th>}
            {columns.fixed && <th scope="col">Fixed price, {currency}</th>}
            {columns.unit && (
              <th scope="col">
                Per {perUnit(unit)}, {currency}
              </th>
            )}
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map((band, row) => {
            const next = rows[row + 1]?.lowerLimit
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place until it is saved
              <tr key={row}>
                {draft.kind !== 'PER_UNIT' && (
                  <td>
                    <TextInput
                      {...cell(row, 'lowerLimit')}
                      aria-label={`Lower limit of band ${row + 1}`}
                      value={band.lowerLimit}
                      disabled={row === 0 && band.lowerLimit === '0'}
                      onChange={(event) => set(row, { lowerLimit: event.currentTarget.value })}
                    />
                  </td>
                )}
                {draft.kind !== 'PER_UNIT' && <td className={classes.upper}>{upperText(next)}</td>}
                {columns.fixed && (
                  <td>
                    <TextInput
                      {...cell(row, 'fixedPrice')}
                      aria-label={`Fixed price of band ${row + 1}`}
                      value={band.fixedPrice}
                      onChange={(event) => set(row, { fixedPrice: event.currentTarget.value })}
                    />
                  </td>
                )}
                {columns.unit && (
                  <td>
                    <TextInput
                      {...cell(row, 'unitPrice')}
                      aria-label={`Unit price of band ${row + 1}`}
                      value={band.unitPrice}
                      onChange={(event) => set(row, { unitPrice: event.currentTarget.value })}
                    />
                  </td>
                )}
                <td>
                  {rows.length > 1 && (
                    <ActionIcon
                      aria-label={`Remove band ${row + 1}`}
                      onClick={() => onChange(rows.filter((_, at) => at !== row))}
                    >
                      <IconX size={14} />
                    </ActionIcon>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {draft.kind !== 'PER_UNIT' && (
        <Button
          variant="subtle"
          size="xs"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange([...rows, { lowerLimit: '', fixedPrice: '', unitPrice: '' }])}
        >
          Add band
        </Button>
      )}
      {draft.kind !== 'PER_UNIT' && (
        <span className={classes.pasteHint}>Rows copied from a spreadsheet can be pasted.</span>
      )}
    </div>
  )
}

/** A limit that is not typed yet is not the end of all bands. */
function upperText(next: string | undefined): string {
  if (next === undefined) return '∞'
  return isNumber(next) ? grouped(next) : '…'
}
