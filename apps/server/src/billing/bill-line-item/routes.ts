import * as operations from '@countinghouse/contract/billing/bill-line-item.ts'
import { type Route, route } from '../../kit/area.ts'
import { listLineMeasurements } from './service/measurements.ts'
import * as service from './service.ts'

export const billLineItemRoutes: Route[] = [
  route(operations.listBillLineItems, ({ context, organization, params, query }) =>
    service.listBillLineItems(context.database.reader, organization.id, params.billId, query),
  ),
  route(operations.readBillLineItem, ({ context, organization, params }) =>
    service.readBillLineItem(context.database.reader, organization.id, params.billId, params.id),
  ),
  route(operations.listLineItems, ({ context, organization, query }) =>
    service.listLineItems(context.database.reader, organization.id, query),
  ),
  route(operations.explainBillLineItem, ({ context, organization, params }) =>
    service.explainBillLineItem(context.database.reader, organization.id, params.billId, params.id),
  ),
  route(operations.listLineMeasurements, ({ context, organization, params, query }) =>
    listLineMeasurements(context, organization, params, query),
  ),
]
