import type { DuplicateBody } from '@countinghouse/contract/pricing/plan-template.ts'
import { type Problem, refuseProblems } from '../kit/errors.ts'

/** A copy must be told from its original at once; its name may become the same later (pricing 1.7). */
export function refuseSameNames(
  original: { name: string; code?: string },
  sent: DuplicateBody,
): void {
  const problems: Problem[] = []
  if (sent.name === original.name) {
    problems.push({ field: 'name', message: 'The original has this name. Give the copy another.' })
  }
  if (sent.code === original.code) {
    problems.push({ field: 'code', message: 'The original has this code. Give the copy another.' })
  }
  refuseProblems(problems)
}
