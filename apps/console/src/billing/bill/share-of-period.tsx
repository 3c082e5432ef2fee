/** The days charged out of the days of the period, period by period where the first one is long. */
import type { LineExplanationAnswer } from '@countinghouse/contract/billing/line-explanation.ts'
import type { Numeric } from '../../kit/api/exact-json.ts'
import { Money } from '../../kit/format/amount.tsx'
import { counted } from '../../kit/format/digits.ts'
import { dayText } from '../../kit/format/moment.tsx'
import reckoning from '../../kit/format/reckoning.module.css'
import { Step } from './step.tsx'

export function ShareOfPeriod({
  why,
  due,
}: {
  why: LineExplanationAnswer
  due?: Numeric | undefined
}) {
  const { factor } = why
  if (!factor || factor.numerator === factor.denominator) return null
  const [only] = factor.parts
  const amount = due ?? why.amount.exact
  return (
    <Step
      title={
        factor.parts.length === 1 && only
          ? `${only.activeDays} of ${counted(only.days, 'day')} of the period`
          : `${factor.numerator}/${factor.denominator} of a period, added up over its parts`
      }
      value={<Money amount={amount} currency={why.amount.currency} unitPrice copied />}
    >
      {factor.parts.length > 1 && (
        <table className={reckoning.table}>
          <tbody>
            {factor.parts.map((part) => (
              <tr key={part.from}>
                <td>
                  {dayText(part.from)} to {dayText(part.to)}
                </td>
                <td>
                  {part.activeDays} of {counted(part.days, 'day')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Step>
  )
}
