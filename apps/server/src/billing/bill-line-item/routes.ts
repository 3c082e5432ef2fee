import * as operations from '@countinghouse/contract/billing/bill-line-item.ts'
import * as explanation from '@countinghouse/contract/billing/line-explanation.ts'
import { type Route, route } from '../../kit/area.ts'
import { visibleConditions } from '../../kit/permission/visible.ts'
import { listLineMeasurements } from './service/measurements.ts'
import * as service from './service.ts'

export const billLineItemRoutes: Route[] = [
  route(operations.listBillLineItems, ({ context, organization, params, query, visible }) =>
    service.listBillLineItems(
      context.database.reader,
      organization.id,
      params.billId,
      query,
      visibleConditions(visible),
    ),
  ),
  route(operations.readBillLineItem, ({ context, organization, params }) =>
    service.readBillLineItem(context.database.reader, organization.id, params.billId, params.id),
  ),
  route(operations.listLineItems, ({ context, organization, query, visible }) =>
    service.listLineItems(
      context.database.reader,
      organization.id,
      query,
      visibleConditions(visible),
    ),
  ),
  route(explanation.explainBillLineItem, ({ context, organization, params }) =>
    service.explainBillLineItem(context.database.reader, organization.id, params.billId, params.id),
  ),
  route(explanation.listLineMeasurements, ({ context, organization, params, query }) =>
    listLineMeasurements(context, organization, params, query),
  ),
]
