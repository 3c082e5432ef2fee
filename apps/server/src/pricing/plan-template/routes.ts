import { duplicatePlanTemplate } from '@countinghouse/contract/pricing/plan-template.ts'
import { type Route, route } from '../../kit/area.ts'
import { scopeOf } from '../../kit/resource/routes.ts'
import { duplicateTemplate } from './service.ts'

export const planTemplateRoutes: Route[] = [
  route(duplicatePlanTemplate, (call) =>
    call.context.database.transaction((writer) =>
      duplicateTemplate(writer, scopeOf(call), call.params.id, call.body),
    ),
  ),
]
