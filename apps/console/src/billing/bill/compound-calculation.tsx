/** How a compound quantity was worked out: the calculation as it was, with the values put in. */
import type { LineExplanationAnswer } from '@countinghouse/contract/billing/line-explanation.ts'
import {
  type CompoundAggregation,
  compoundAggregation,
} from '@countinghouse/contract/metering/compound-aggregation.ts'
import { ExpressionText } from '../../kit/expression-editor/expression-editor.tsx'
import { mostDecimals } from '../../kit/format/align.ts'
import { Quantity } from '../../kit/format/amount.tsx'
import reckoning from '../../kit/format/reckoning.module.css'
import { Code } from '../../kit/format/state.tsx'
import { useOne } from '../../kit/query/resource.ts'
import classes from './bill.module.css'
import { calculationWords } from './explanation-text.ts'

type Kept = NonNullable<LineExplanationAnswer['calculation']>

export function CompoundCalculation({ why }: { why: LineExplanationAnswer }) {
  const { calculation: kept, question } = why
  const compound = useOne<CompoundAggregation>(compoundAggregation, question?.aggregationId ?? null)
  const now = compound.data?.calculation
  if (kept === undefined) {
    return now === undefined ? null : (
      <div className={classes.calculation}>
        <p className={classes.none}>
          The calculation as it is today: this line was calculated before lines kept theirs.
        </p>
        <ExpressionText text={now} />
      </div>
    )
  }
  return (
    <section className={classes.calculation} aria-label="How the quantity was calculated">
      <p className={classes.none}>As it was calculated</p>
      <ExpressionText text={kept.text} />
      {kept.read.length > 0 && (
        <>
          <Readings read={kept.read} />
          <ExpressionText text={calculationWords(why)} />
        </>
      )}
      {now !== undefined && now !== kept.text && (
        <>
          <p className={classes.none}>
            The calculation was changed since. This line keeps the one above; today it is
          </p>
          <ExpressionText text={now} />
        </>
      )}
    </section>
  )
}

function Readings({ read }: Pick<Kept, 'read'>) {
  const decimals = mostDecimals(read.map(({ value }) => value))
  return (
    <table className={`${reckoning.table} ${classes.readings}`}>
      <tbody>
        {read.map(({ reference, aggregation, value, text }) => (
          <tr key={reference}>
            <td>{aggregation?.name ?? 'Custom field'}</td>
            <td>
              <Code>{reference}</Code>
            </td>
            <td>
              {text ??
                (value === null ? (
                  'no value'
                ) : (
                  <Quantity value={value} alignedTo={decimals} copied />
                ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
