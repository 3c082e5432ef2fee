import type { BillJobBody } from '@countinghouse/contract/billing/bill-job.ts'
import { normalizeZone } from '@countinghouse/engine/time/zone.ts'
import type { Problem } from '../../kit/errors.ts'
import { isUuid } from '../../kit/resource/page.ts'

/** What is wrong with a request beyond the types of its fields. */
export function jobProblems(body: BillJobBody): Problem[] {
  const problems: Problem[] = []
  body.accountIds?.forEach((id, index) => {
    if (isUuid(id)) return
    problems.push({ field: `accountIds[${index}]`, message: 'This is not the id of an account.' })
  })
  if (body.billFrequencyInterval !== undefined && body.billingFrequency === undefined) {
    const message = 'An interval counts periods of a frequency. Send billingFrequency too.'
    problems.push({ field: 'billFrequencyInterval', message })
  }
  if (body.timezone !== undefined) {
    try {
      normalizeZone(body.timezone)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      problems.push({ field: 'timezone', message: error.message })
    }
  }
  return problems
}

export function previewProblems(body: BillJobBody): Problem[] {
  const problems = jobProblems(body)
  if (body.accountIds?.length !== 1) {
    problems.push({ field: 'accountIds', message: 'A preview is for exactly one account.' })
  }
  if (body.billingFrequency === undefined) {
    problems.push({ field: 'billingFrequency', message: 'A preview needs a billing frequency.' })
  }
  if (body.billFrequencyInterval === undefined) {
    problems.push({ field: 'billFrequencyInterval', message: 'A preview needs an interval.' })
  }
  return problems
}
