/** Plays a billing example through HTTP: world, usage, bill jobs, bills. */
import { expect } from 'vitest'
import type { BillingCase } from '../scenarios/cases/billing.ts'
import { arrange, billFor, linesOf, use } from './billing-world.ts'
import type { Json, TestServer } from './server.ts'

export async function playBillingCase(server: TestServer, example: BillingCase): Promise<void> {
  const made = await arrange(await server.organization(), example.world)
  await use(made, example.usage ?? [])

  for (const expected of example.bills) {
    const bill = await billFor(server, made, expected.lastDay)

    expect(bill === null ? null : linesOf(bill), expected.lastDay).toEqual(expected.lines)
    if (bill === null) continue
    expectSumOfLines(bill)
    if (expected.total !== undefined) expect(bill.billTotal).toBe(expected.total)
    expect(bill).toMatchObject(expected.bill ?? {})
    expected.lineFields?.forEach((fields, position) => {
      expect(bill.lineItems[position]).toMatchObject(fields)
    })
  }
}

/** In cents: the amounts came through doubles. */
export function expectSumOfLines(bill: Json): void {
  const cents = (amount: number) => Math.round(amount * 100)
  const sum = bill.lineItems.reduce(
    (total: number, line: Json) => total + cents(line.convertedSubtotal),
    0,
  )
  expect(sum).toBe(cents(bill.billTotal))
}
