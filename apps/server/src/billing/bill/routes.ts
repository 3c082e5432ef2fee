import * as operations from '@countinghouse/contract/billing/bill.ts'
import { type Route, route } from '../../kit/area.ts'
import { refuseHidden, refuseNarrowed, visibleConditions } from '../../kit/permission/visible.ts'
import { scopeOf } from '../../kit/resource/routes.ts'
import * as changes from './service/changes.ts'
import { billCsvUrl } from './service/csv.ts'
import { previewBill } from './service/preview.ts'
import * as service from './service.ts'

const retrieveRight = { action: 'config:retrieve', resource: 'config:bill' }
const updateRight = { action: 'config:update', resource: 'config:bill' }

export const billRoutes: Route[] = [
  route(operations.listBills, ({ context, organization, query, visible }) =>
    service.listBills(context.database.reader, organization.id, query, visibleConditions(visible)),
  ),
  route(operations.listBillsOfAccount, ({ context, organization, params, query, visible }) =>
    service.listBillsOfAccount(
      context.database.reader,
      organization.id,
      params.accountId,
      query,
      visibleConditions(visible),
    ),
  ),
  route(operations.readLatestBill, ({ context, organization, params, visible }) =>
    service.readLatestBill(
      context.database.reader,
      organization.id,
      params.accountId,
      visibleConditions(visible),
    ),
  ),
  route(operations.listBillsOfPeriod, ({ context, organization, params, query, visible }) =>
    service.listBillsOfPeriod(
      context.database.reader,
      organization.id,
      params,
      query,
      visibleConditions(visible),
    ),
  ),
  route(operations.approveBillsOfPeriod, (call) =>
    call.context.database.transaction((writer) =>
      changes.approveBillsOfPeriod(
        writer,
        scopeOf(call),
        call.params,
        visibleConditions(call.visible),
      ),
    ),
  ),
  route(operations.searchBills, ({ context, organization, query, visible }) =>
    service.searchBills(
      context.database.reader,
      organization.id,
      query,
      visibleConditions(visible),
    ),
  ),
  route(operations.approveBills, async (call) => {
    refuseHidden(call.visible, updateRight, call.body.billIds ?? [])
    const { accountIds, externalInvoiceDateStart, externalInvoiceDateEnd } = call.query
    return call.context.database.transaction((writer) =>
      changes.approveBills(
        writer,
        scopeOf(call),
        {
          billIds: call.body.billIds,
          accountIds,
          externalInvoiceDateStart,
          externalInvoiceDateEnd,
        },
        visibleConditions(call.visible),
      ),
    )
  }),
  route(operations.previewBill, async ({ context, organization, principal, body, visible }) => {
    refuseNarrowed(visible, retrieveRight)
    return previewBill(context, organization, principal, body)
  }),
  route(operations.billCsvUrl, ({ context, organization, body, visible }) =>
    billCsvUrl(context, organization.id, body, visibleConditions(visible)),
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
