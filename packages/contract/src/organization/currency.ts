/** Currencies: how many decimals an amount on a bill has, and how it is rounded to them. */
import Type from 'typebox'
import type { AnswerOf } from '../kit/resource.ts'
import { oneOf, wholeNumber } from '../kit/schema.ts'
import { picklist } from './picklist.ts'

export const roundingModes = [
  'UP',
  'DOWN',
  'CEILING',
  'FLOOR',
  'HALF_UP',
  'HALF_DOWN',
  'HALF_EVEN',
  'UNNECESSARY',
] as const

export const currency = picklist(
  {
    name: 'currency',
    path: '/picklists/currency',
    title: { one: 'Currency', many: 'Currencies' },
    permission: 'config:currency',
    event: null,
    nameTooltip: 'What people see, for example Euro or Compute credit.',
  },
  {
    maxDecimalPlaces: Type.Optional(
      wholeNumber(0, 5, {
        title: 'Max decimal places',
        description: 'Amounts on bills are rounded to this many decimals. Left empty: 2.',
      }),
    ),
    roundingMode: Type.Optional(
      oneOf([...roundingModes], {
        title: 'Rounding mode',
        description:
          'How amounts are rounded on bills. Left empty: half up. With UNNECESSARY a bill that would need rounding fails instead.',
      }),
    ),
  },
  { code: 'EUR', name: 'Euro', maxDecimalPlaces: 2, roundingMode: 'HALF_UP' },
)

export type Currency = AnswerOf<typeof currency>
