import { describe, expect, test } from 'vitest'
import { aggregateSql, groupQuestions } from './service/aggregate-sql.ts'
import type { UsageQuestion } from './service/usage-question.ts'

const JUNE = Date.UTC(2024, 5, 1)
const JULY = Date.UTC(2024, 6, 1)

const question = (more: Partial<UsageQuestion> = {}): UsageQuestion => ({
  aggregation: {
    meter: 7,
    target: { kind: 'number', slot: 2 },
    method: 'SUM',
    segmentation: null,
  },
  accounts: [1, 2],
  from: JUNE,
  to: JULY,
  ...more,
})

const textOf = (questions: UsageQuestion[]) =>
  groupQuestions(questions).map(({ group }) => {
    const { sql, parameters } = aggregateSql(3, group)
    return { sql: sql.replaceAll(/\s+/g, ' ').trim(), parameters }
  })

describe('the statement for bills', () => {
  test('one window: the organization, the meter, the time, the accounts', () => {
    expect(textOf([question()])).toEqual([
      {
        sql: "select account, 0 as window, count(numbers[2]) as v0_n, sum(toDecimal256(numbers[2], 18)) as v0 from event where org = {org:UInt32} and meter = {meter:UInt32} and ts >= {first:DateTime64(3, 'UTC')} and ts < {last:DateTime64(3, 'UTC')} and account in {accounts:Array(UInt32)} group by account, window",
        parameters: {
          org: 3,
          meter: 7,
          first: '2024-06-01 00:00:00.000',
          last: '2024-07-01 00:00:00.000',
          accounts: [1, 2],
        },
      },
    ])
  })

  test('questions about one meter share a statement, whatever their windows and accounts', () => {
    const questions = [
      question(),
      question({ accounts: [3], from: JUNE + 86_400_000 }),
      question({ aggregation: { ...question().aggregation, method: 'MAX' }, accounts: [4] }),
    ]

    const [group, ...others] = groupQuestions(questions)

    expect(others).toEqual([])
    expect(group?.group.windows.map(({ accounts }) => [...accounts])).toEqual([[1, 2, 4], [3]])
    expect(group?.group.values.map(({ method }) => method)).toEqual(['SUM', 'MAX'])
    expect(group?.members).toEqual([
      { question: 0, window: 0, value: 0 },
      { question: 1, window: 1, value: 0 },
      { question: 2, window: 0, value: 1 },
    ])
  })

  test('another meter and another segmentation are statements of their own', () => {
    const { aggregation } = question()
    const segmentation = { fields: ['region'], slots: [1], segments: [{ region: 'EU' }] }

    expect(
      textOf([
        question(),
        question({ aggregation: { ...aggregation, meter: 8 } }),
        question({ aggregation: { ...aggregation, segmentation } }),
      ]),
    ).toHaveLength(3)
  })

  test('values of segments are parameters, never text of the statement', () => {
    const hostile = "x') or 1=1 --"
    const segmentation = {
      fields: ['region', 'tier'],
      slots: [1, 2],
      segments: [
        { region: hostile, tier: '*' },
        { region: '*', tier: '*' },
        { region: hostile, tier: 'gold' },
      ],
    }

    const [statement] = textOf([
      question({ aggregation: { ...question().aggregation, segmentation } }),
    ])

    expect(statement?.sql).not.toContain(hostile)
    expect(statement?.parameters).toMatchObject({
      segment_0_keys: [`13:${hostile}`],
      segment_0_places: [0],
      segment_0_1_keys: [`13:${hostile}4:gold`],
      segment_0_1_places: [2],
    })
    // The most literal values are tried first (metering 7.4).
    expect(statement?.sql.indexOf('segment_0_1_keys')).toBeLessThan(
      statement?.sql.indexOf('segment_0_keys') ?? 0,
    )
  })
})
