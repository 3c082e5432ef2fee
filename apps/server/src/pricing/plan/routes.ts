import {
  duplicatePlan as duplicatePlanOperation,
  readEffectivePlan as readEffectivePlanOperation,
} from '@countinghouse/contract/pricing/plan.ts'
import { type Route, route } from '../../kit/area.ts'
import { scopeOf } from '../../kit/resource/routes.ts'
import { duplicatePlan, readEffectivePlan } from './service.ts'

export const planRoutes: Route[] = [
  route(readEffectivePlanOperation, ({ context, organization, params }) =>
    readEffectivePlan(context.database.reader, organization.id, params.id),
  ),
  route(duplicatePlanOperation, (call) =>
    call.context.database.transaction((writer) =>
      duplicatePlan(writer, scopeOf(call), call.params.id, call.body),
    ),
  ),
]
