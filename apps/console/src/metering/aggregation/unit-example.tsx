/** A worked example of quantity, quantity per unit and rounding, by the engine itself. */

import { toUnits } from '@countinghouse/engine/metering/units.ts'
import { decimal, digits } from '@countinghouse/engine/money/decimal.ts'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { Quantity } from '../../kit/format/amount.tsx'

type UnitExampleProps = {
  quantityPerUnit: string | undefined
  rounding: 'UP' | 'DOWN' | 'NEAREST' | 'NONE' | undefined
  unit: string | undefined
}

export function UnitExample({ quantityPerUnit, rounding, unit }: UnitExampleProps) {
  const [quantity, setQuantity] = useState('48900')
  return (
    <>
      <TextInput
        label="A quantity of"
        value={quantity}
        inputMode="decimal"
        onChange={(event) => setQuantity(event.currentTarget.value)}
      />
      <p>
        gives{' '}
        <Quantity value={unitsOf(quantity, quantityPerUnit, rounding)} unit={unit || 'units'} /> on
        the bill.
      </p>
    </>
  )
}

function unitsOf(
  quantity: string,
  perUnit: string | undefined,
  rounding: UnitExampleProps['rounding'],
): string | null {
  const isNumber = (text: string | undefined): text is string =>
    /^-?\d{1,20}(\.\d{1,18})?$/.test(text ?? '')
  if (!isNumber(quantity) || !isNumber(perUnit) || decimal(perUnit).lessThanOrEqualTo(0))
    return null
  return digits(toUnits(decimal(quantity), decimal(perUnit), rounding ?? 'NONE'))
}
