import * as operations from '@countinghouse/contract/billing/bill.ts'
import { type Route, route } from '../../kit/area.ts'
import { visibleConditions } from '../../kit/resource/read.ts'
import { scopeOf } from '../../kit/resource/routes.ts'
import * as changes from './service/changes.ts'
import { billCsvUrl } from './service/csv.ts'
import { previewBill } from './service/preview.ts'
import * as service from './service.ts'

export const billRoutes: Route[] = [
  route(operations.listBills, ({ context, organization, query, visible }) =>
    service.listBills(context.database.reader, organization.id, query, visibleConditions(visible)),
  ),
  route(operations.listBillsOfAccount, ({ context, organization, params, query }) =>
    service.listBillsOfAccount(context.database.reader, organization.id, params.accountId, query),
  ),
  route(operations.readLatestBill, ({ context, organization, params }) =>
    service.readLatestBill(context.database.reader, organization.id, params.accountId),
  ),
  route(operations.listBillsOfPeriod, ({ context, organization, params, query }) =>
    service.listBillsOfPeriod(context.database.reader, organization.id, params, query),
  ),
  route(operations.approveBillsOfPeriod, (call) =>
    call.context.database.transaction((writer) =>
      changes.approveBillsOfPeriod(writer, scopeOf(call), call.params),
    ),
  ),
  route(operations.searchBills, ({ context, organization, query }) =>
    service.searchBills(context.database.reader, organization.id, query),
  ),
  route(operations.approveBills, (call) => {
    const { accountIds, externalInvoiceDateStart, externalInvoiceDateEnd } = call.query
    return call.context.database.transaction((writer) =>
      changes.approveBills(writer, scopeOf(call), {
        billIds: call.body.billIds,
        accountIds,
        externalInvoiceDateStart,
        externalInvoiceDateEnd,
      }),
    )
  }),
  route(operations.previewBill, ({ context, organization, principal, body }) =>
    previewBill(context, organization, principal, body),
  ),
  route(operations.billCsvUrl, ({ context, organization, body }) =>
    billCsvUrl(context, organization.id, body),
  ),
  route(operations.readBill, ({ context, organization, params }) =>
    service.readBill(context.database.reader, organization.id, params.id),
  ),
  route(operations.deleteBill, (call) =>
    call.context.database.transaction((writer) =>
      changes.deleteBill(writer, scopeOf(call), call.params.id),
    ),
  ),
  route(operations.updateBillStatus, (call) =>
    call.context.database.transaction((writer) =>
      changes.setBillStatus(writer, scopeOf(call), call.params.id, call.body.status),
    ),
  ),
  route(operations.lockBill, (call) =>
    call.context.database.transaction((writer) =>
      changes.lockBill(writer, scopeOf(call), call.params.id),
    ),
  ),
]
