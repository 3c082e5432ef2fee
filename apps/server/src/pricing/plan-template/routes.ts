import {
  duplicatePlanTemplate,
  planTemplate,
} from '@countinghouse/contract/pricing/plan-template.ts'
import { type Route, route } from '../../kit/area.ts'
import { refuseHidden } from '../../kit/permission/visible.ts'
import { scopeOf } from '../../kit/resource/routes.ts'
import { duplicateTemplate } from './service.ts'

const permission = { action: 'config:create', resource: planTemplate.permission }

export const planTemplateRoutes: Route[] = [
  route(duplicatePlanTemplate, async (call) => {
    refuseHidden(call.visible, permission, [call.params.id])
    return call.context.database.transaction((writer) =>
      duplicateTemplate(writer, scopeOf(call), call.params.id, call.body),
    )
  }),
]
