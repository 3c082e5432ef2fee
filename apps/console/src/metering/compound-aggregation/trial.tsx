/**
 * Tries a compound calculation before it is saved: with values typed in, or with those of one
 * account and period (console 4.5).
 */
import type { Account } from '@countinghouse/contract/accounts/account.ts'
import { decimal } from '@countinghouse/contract/kit/schema.ts'
import { type Aggregation, aggregation } from '@countinghouse/contract/metering/aggregation.ts'
import type { EvaluateCalculationAnswer } from '@countinghouse/contract/metering/calculation.ts'
import { type Meter, meter } from '@countinghouse/contract/metering/meter.ts'
import { checkText } from '@countinghouse/engine/calculation/check.ts'
import { parse } from '@countinghouse/engine/calculation/parse.ts'
import type { Scope } from '@countinghouse/engine/calculation/scope.ts'
import { aggregationCodesOf } from '@countinghouse/engine/metering/compound.ts'
import { Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import Type, { type TSchema } from 'typebox'
import { AccountSelect } from '../../kit/form/account-select.tsx'
import { Quantity } from '../../kit/format/amount.tsx'
import { words } from '../../kit/format/state.tsx'
import { useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { Panel } from '../../kit/page/page.tsx'
import { useEvery } from '../../kit/query/every.ts'
import { useUsage } from '../usage/queries.ts'
import classes from './compound-aggregation.module.css'

const TYPING_MS = 250
const periods = ['MONTH_TO_DATE', 'PREVIOUS_MONTH', 'LAST_7_DAYS', 'LAST_30_DAYS'] as const

type TrialProps = { calculation: string; scope: Scope; unit: string | undefined }

export function Trial({ calculation, scope, unit }: TrialProps) {
  const [typed, setTyped] = useState<Record<string, string>>({})
  const [account, setAccount] = useState<Account | null>(null)
  const [period, setPeriod] = useState<(typeof periods)[number]>('PREVIOUS_MONTH')
  const isRight = calculation.trim() !== '' && checkText(calculation, scope).problems.length === 0
  const codes = isRight ? aggregationCodesOf(parse(calculation)) : []
  const measured = useMeasured(codes, account, period)
  const values = Object.fromEntries(
    codes.map((code) => [`aggregation.${code}`, typed[code] ?? measured[code] ?? '']),
  )
  const [asked] = useDebouncedValue({ calculation, values }, TYPING_MS)
  const answer = useEvaluation(isRight ? asked : null)
  if (!isRight) return null
  return (
    <Panel
      title="Try it"
      help="Nothing is saved. Usage of the account is added up by days in UTC; bills follow the time zone of the organization."
    >
      <div className={classes.trial}>
        {codes.length > 0 && (
          <>
            <AccountSelect
              label="With the usage of an account"
              value={account}
              onChange={(next) => {
                setAccount(next)
                setTyped({})
              }}
            />
            {account && (
              <Select
                aria-label="Period"
                data={periods.map((value) => ({ value, label: words(value) }))}
                value={period}
                onChange={(next) => {
                  setPeriod(periods.find((each) => each === next) ?? period)
                  setTyped({})
                }}
              />
            )}
          </>
        )}
        {codes.map((code) => (
          <TextInput
            key={code}
            label={`aggregation.${code}`}
            placeholder="no usage"
            inputMode="decimal"
            value={values[`aggregation.${code}`] ?? ''}
            onChange={(event) => {
              const { value } = event.currentTarget
              setTyped((before) => ({ ...before, [code]: value }))
            }}
          />
        ))}
        <p className={classes.outcome} role="status">
          <Outcome answer={answer.data} unit={unit} />
        </p>
      </div>
    </Panel>
  )
}

function Outcome({
  answer,
  unit,
}: {
  answer: EvaluateCalculationAnswer | undefined
  unit: string | undefined
}) {
  if (!answer) return '…'
  if (answer.error) return answer.error
  if (answer.text === undefined) return 'No value: nothing is billed.'
  return (
    <>
      gives <Quantity value={answer.text} copied />
      {unit && `, before it is divided into ${unit}`}
    </>
  )
}

/** Sample values are of any kind; here they are numbers and leave with every digit. */
const exactValues: TSchema = Type.Object({
  values: Type.Object({}, { additionalProperties: decimal() }),
})

function useEvaluation(asked: { calculation: string; values: Record<string, string> } | null) {
  const api = useOrganizationApi()
  const { id } = useOrganization()
  return useQuery<EvaluateCalculationAnswer>({
    queryKey: ['organization', id, '/calculations/evaluate', asked],
    enabled: asked !== null,
    placeholderData: (before) => before,
    queryFn: ({ signal }) =>
      api.post<EvaluateCalculationAnswer>('/calculations/evaluate', {
        schema: exactValues,
        body: {
          place: 'compound-aggregation',
          calculation: asked?.calculation,
          values: Object.fromEntries(
            Object.entries(asked?.values ?? {}).map(([name, text]) => [
              name,
              text.trim() === '' ? null : text.trim(),
            ]),
          ),
        },
        signal,
      }),
  })
}

/** What the account used, by code of the aggregation; empty without an account. */
function useMeasured(
  codes: readonly string[],
  account: Account | null,
  timePeriod: (typeof periods)[number],
): Record<string, string> {
  const aggregations = useEvery<Aggregation>(aggregation)
  const meters = useEvery<Meter>(meter)
  const read = codes.flatMap((code) => aggregations.rows.filter((each) => each.code === code))
  const parts = read.flatMap((each) => {
    const { aggregation: method } = each
    const found = meters.rows.find((row) => row.id === each.meterId)
    if (!found || method === 'CUSTOM_SQL') return []
    return [{ code: each.code ?? '', found, fieldCode: each.targetField, method }]
  })
  const usage = useUsage(
    account === null || parts.length === 0
      ? null
      : {
          timePeriod,
          accountIds: [account.id],
          aggregations: parts.map(({ found, fieldCode, method }) => ({
            meterId: found.id,
            fieldCode,
            fieldType: method === 'UNIQUE' ? ('DIMENSION' as const) : ('MEASURE' as const),
            function: method,
          })),
        },
  )
  const [row] = account === null ? [] : (usage.data?.data ?? [])
  return Object.fromEntries(
    parts.map(({ code, found, fieldCode, method }) => [
      code,
      String(row?.[`${found.code}.${fieldCode}.${method}`] ?? ''),
    ]),
  )
}
