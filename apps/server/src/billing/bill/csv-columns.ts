/** The columns of the two CSV forms of bills (billing 10.4). */
import type { Account } from '@countinghouse/contract/accounts/account.ts'
import { formatInstant } from '@countinghouse/engine/time/instant.ts'
import type { BillLineItemRow } from '../bill-line-item/store.ts'
import type { BillRow } from './store.ts'

export type BillWithLines = {
  bill: BillRow
  isLocked: boolean
  account: Pick<Account, 'name' | 'emailAddress' | 'address'> | undefined
  lines: BillLineItemRow[]
}

type Column = [title: string, value: (of: BillWithLines, line: BillLineItemRow) => string | null]

export function standardRows(bills: BillWithLines[]): string[][] {
  return rowsOf(standard, bills)
}

export function xeroRows(bills: BillWithLines[]): string[][] {
  return rowsOf(xero, bills)
}

function rowsOf(columns: Column[], bills: BillWithLines[]): string[][] {
  return [
    columns.map(([title]) => title),
    ...bills.flatMap((of) =>
      of.lines.map((line) => columns.map(([, value]) => value(of, line) ?? '')),
    ),
  ]
}

const standard: Column[] = [
  ['Bill ID', ({ bill }) => bill.id],
  ['Invoice number', ({ bill }) => bill.sequential_invoice_number],
  ['Account ID', ({ bill }) => bill.account_id],
  ['Account code', ({ bill }) => bill.account_code],
  ['Account name', ({ account }) => account?.name ?? null],
  ['Bill date', ({ bill }) => bill.bill_date],
  ['Due date', ({ bill }) => bill.due_date],
  ['Start date', ({ bill }) => bill.start_date],
  ['End date', ({ bill }) => bill.end_date],
  ['External invoice date', ({ bill }) => bill.external_invoice_date],
  ['Status', ({ bill }) => bill.status],
  ['Locked', ({ isLocked }) => String(isLocked)],
  ['Currency', ({ bill }) => bill.currency],
  ['Bill total', ({ bill }) => bill.total],
  ['Purchase order number', ({ bill }) => bill.purchase_order_number],
  ['Line ID', (_, line) => line.id],
  ['Line type', (_, line) => line.line_item_type],
  ['Description', (_, line) => line.description],
  ['Product code', (_, line) => line.product_code],
  ['Product name', (_, line) => line.product_name],
  ['Accounting product code', (_, line) => line.accounting_product_code],
  ['Accounting product name', (_, line) => line.accounting_product_name],
  ['Quantity', (_, line) => line.quantity],
  ['Units', (_, line) => line.units],
  ['Unit', (_, line) => line.unit],
  ['Average unit price', (_, line) => line.average_unit_price],
  ['Subtotal', (_, line) => line.subtotal],
  ['Pricing currency', (_, line) => line.currency],
  ['Conversion rate', (_, line) => line.conversion_rate],
  ['Converted subtotal', (_, line) => line.converted_subtotal],
  ['Service start', (_, line) => formatInstant(line.service_period_from.getTime())],
  ['Service end', (_, line) => formatInstant(line.service_period_to.getTime())],
]

const numberOf = ({ bill }: BillWithLines) =>
  bill.sequential_invoice_number ?? `INV-${bill.id.slice(-4)}`

const xero: Column[] = [
  ['ContactName', ({ account, bill }) => account?.name ?? bill.account_code],
  ['EmailAddress', ({ account }) => account?.emailAddress ?? null],
  ['POAddressLine1', ({ account }) => account?.address?.addressLine1 ?? null],
  ['POAddressLine2', ({ account }) => account?.address?.addressLine2 ?? null],
  ['POAddressLine3', ({ account }) => account?.address?.addressLine3 ?? null],
  ['POAddressLine4', ({ account }) => account?.address?.addressLine4 ?? null],
  ['POCity', ({ account }) => account?.address?.locality ?? null],
  ['PORegion', ({ account }) => account?.address?.region ?? null],
  ['POPostalCode', ({ account }) => account?.address?.postCode ?? null],
  ['POCountry', ({ account }) => account?.address?.country ?? null],
  ['InvoiceNumber', numberOf],
  ['Reference', ({ bill }) => bill.purchase_order_number],
  ['InvoiceDate', ({ bill }) => bill.external_invoice_date],
  ['DueDate', ({ bill }) => bill.due_date],
  ['InventoryItemCode', (_, line) => line.accounting_product_code],
  ['Description', (_, line) => line.description],
  // One unit at the whole amount: Xero rounds unit prices, and the sum must stay what it is.
  ['Quantity', () => '1'],
  ['UnitAmount', (_, line) => line.converted_subtotal],
  ['AccountCode', () => null],
  ['TaxType', () => null],
  ['Currency', ({ bill }) => bill.currency],
]
