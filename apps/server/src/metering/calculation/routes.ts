import {
  checkCalculation,
  evaluateCalculation,
} from '@countinghouse/contract/metering/calculation.ts'
import { type Route, route } from '../../kit/area.ts'
import { checkInPlace, evaluateInPlace } from './service.ts'

export const calculationRoutes: Route[] = [
  route(checkCalculation, ({ context, organization, body }) =>
    checkInPlace(context.database.reader, organization.id, body),
  ),
  route(evaluateCalculation, ({ context, organization, body }) =>
    evaluateInPlace(context.database.reader, organization.id, body, context.clock.now()),
  ),
]
