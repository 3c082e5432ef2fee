/** The bands of a price as an editable table; the columns follow the kind. Pastes from a spreadsheet. */
import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { ClipboardEvent } from 'react'
import { grouped } from '../../kit/format/digits.ts'
import classes from './price.module.css'
import {
  type BandDraft,
  isNumber,
  type PriceDraft,
  pastedRows,
  pricesOf,
  problemsOf,
} from './price-draft.ts'

type BandTableProps = {
  draft: PriceDraft
  currency: string
  unit: string
  onChange: (bands: BandDraft[]) => void
  label?: string
}

export function BandTable({
  draft,
  currency,
  unit,
  onChange,
  label = 'Price bands',
}: BandTableProps) {
  const columns = pricesOf(draft.kind)
  const rows = draft.kind === 'PER_UNIT' ? draft.bands.slice(0, 1) : draft.bands
  const problems = problemsOf(draft)

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
      <table className={classes.bands} aria-label={label}>
        <thead>
          <tr>
            {draft.kind !== 'PER_UNIT' && <th scope="col">Above</th>}
            {draft.kind !== 'PER_UNIT' && <th scope="col">Up to</th>}
            {columns.fixed && <th scope="col">Fixed price, {currency}</th>}
            {columns.unit && (
              <th scope="col">
                Per {unit}, {currency}
              </th>
            )}
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map((band, row) => {
            const next = rows[row + 1]?.lowerLimit
            const problem = problems.find((found) => found.row === row)
            const error = problem !== undefined
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place until it is saved
              <tr key={row}>
                {draft.kind !== 'PER_UNIT' && (
                  <td>
                    <TextInput
                      aria-label={`Lower limit of band ${row + 1}`}
                      value={band.lowerLimit}
                      disabled={row === 0 && band.lowerLimit === '0'}
                      inputMode="decimal"
                      error={error && problem.message}
                      onChange={(event) => set(row, { lowerLimit: event.currentTarget.value })}
                    />
                  </td>
                )}
                {draft.kind !== 'PER_UNIT' && <td className={classes.upper}>{upperText(next)}</td>}
                {columns.fixed && (
                  <td>
                    <TextInput
                      aria-label={`Fixed price of band ${row + 1}`}
                      value={band.fixedPrice}
                      placeholder="0"
                      inputMode="decimal"
                      onChange={(event) => set(row, { fixedPrice: event.currentTarget.value })}
                    />
                  </td>
                )}
                {columns.unit && (
                  <td>
                    <TextInput
                      aria-label={`Unit price of band ${row + 1}`}
                      value={band.unitPrice}
                      placeholder="0"
                      inputMode="decimal"
                      error={draft.kind === 'PER_UNIT' && error && problem.message}
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
    </div>
  )
}

/** A limit that is not typed yet is not the end of all bands. */
function upperText(next: string | undefined): string {
  if (next === undefined) return '∞'
  return isNumber(next) ? grouped(next) : '…'
}
