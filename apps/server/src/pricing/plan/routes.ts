import {
  duplicatePlan as duplicatePlanOperation,
  plan,
  readEffectivePlan as readEffectivePlanOperation,
} from '@countinghouse/contract/pricing/plan.ts'
import { type Route, route } from '../../kit/area.ts'
import { refuseHidden } from '../../kit/permission/visible.ts'
import { scopeOf } from '../../kit/resource/routes.ts'
import { duplicatePlan, readEffectivePlan } from './service.ts'

const permission = { action: 'config:create', resource: plan.permission }

export const planRoutes: Route[] = [
  route(readEffectivePlanOperation, ({ context, organization, params }) =>
    readEffectivePlan(context.database.reader, organization.id, params.id),
  ),
  route(duplicatePlanOperation, async (call) => {
    refuseHidden(call.visible, permission, [call.params.id])
    return call.context.database.transaction((writer) =>
      duplicatePlan(writer, scopeOf(call), call.params.id, call.body),
    )
  }),
]
