/** What makes an account valid beyond its fields (pricing 4.2). */
import type { AccountBody } from '@countinghouse/contract/accounts/account.ts'
import type { Problem } from '../../kit/errors.ts'

export function accountProblems(body: AccountBody): Problem[] {
  return [
    ...unavailable(body.parentAccountId, 'parentAccountId', 'Child accounts are'),
    ...unavailable(body.statementDefinitionId, 'statementDefinitionId', 'Statements are'),
    ...statementProblems(body),
    ...orderProblems(body),
  ]
}

/** What a measurement for an unknown code makes until somebody edits it (metering 5.4). */
export function skeletonBody(code: string, randomHash: string): AccountBody {
  return {
    code,
    name: `${code}-autocreated`,
    emailAddress: `${randomHash}-autocreated@example.com`,
  }
}

function unavailable(value: unknown, field: string, subject: string): Problem[] {
  if (value === undefined) return []
  return [{ field, message: `${subject} not available in this version. Leave this field out.` }]
}

function statementProblems({ autoGenerateStatementMode: mode = 'NONE' }: AccountBody): Problem[] {
  if (mode === 'NONE') return []
  const message = 'Statements are not available in this version. Send NONE, or leave this out.'
  return [{ field: 'autoGenerateStatementMode', message }]
}

function orderProblems({ creditApplicationOrder: order = [] }: AccountBody): Problem[] {
  if (new Set(order).size === order.length) return []
  const message = 'Name each kind of credit at most once.'
  return [{ field: 'creditApplicationOrder', message }]
}
