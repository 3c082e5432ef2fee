/** What a job has to tell at its end, in one sentence (billing 14). */
import type { Currency } from '@countinghouse/contract/organization/currency.ts'
import { decimal, digits } from '@countinghouse/engine/money/decimal.ts'
import { groupedDigits } from '@countinghouse/engine/money/grouped.ts'
import { readAccounts } from '../../../accounts/service.ts'
import type { Reader } from '../../../kit/postgres/database.ts'
import { totalsOfJob } from '../../bill-total/store.ts'

/** `40 bills were calculated: USD 1,234.50, EUR 20.00; 1 account could not be billed.` */
export async function summaryOf(
  reader: Reader,
  job: { organizationId: string; id: string; bills: number; failed: number },
  currencies: readonly Pick<Currency, 'code' | 'maxDecimalPlaces'>[],
): Promise<string> {
  const totals = await totalsOfJob(reader, job.organizationId, job.id)
  const amounts = totals.map(({ currency, total }) => {
    const places = currencies.find(({ code }) => code === currency)?.maxDecimalPlaces ?? 2
    return `${currency} ${groupedDigits(digits(decimal(total)), places)}`
  })
  const [only] = totals
  const [account] =
    job.bills === 1 && only !== undefined
      ? await readAccounts(reader, job.organizationId, [only.account_id])
      : []
  const which =
    account === undefined
      ? counted(job.bills, 'bill was', 'bills were')
      : `The bill of ${account.name} (${account.code}) was`
  const calculated = [`${which} calculated`, amounts.join(', ')].filter((part) => part !== '')
  const failed =
    job.failed === 0 ? '' : `; ${counted(job.failed, 'account', 'accounts')} could not be billed`
  return `${calculated.join(': ')}${failed}.`
}

function counted(count: number, one: string, many: string): string {
  return count === 1 ? `1 ${one}` : `${count} ${many}`
}
