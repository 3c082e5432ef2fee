import {
  checkCalculation,
  evaluateCalculation,
} from '@countinghouse/contract/metering/calculation.ts'
import { meter } from '@countinghouse/contract/metering/meter.ts'
import { type Route, route } from '../../kit/area.ts'
import type { Visibility } from '../../kit/permission/evaluate.ts'
import { refuseHidden, refuseNarrowed } from '../../kit/permission/visible.ts'
import { checkInPlace, evaluateInPlace } from './service.ts'

export const calculationRoutes: Route[] = [
  route(checkCalculation, async ({ context, organization, body, visible }) => {
    refuseOtherMeters(visible, body)
    return checkInPlace(context.database.reader, organization.id, body)
  }),
  route(evaluateCalculation, async ({ context, organization, body, visible }) => {
    refuseOtherMeters(visible, body)
    return evaluateInPlace(context.database.reader, organization.id, body, context.clock.now())
  }),
]

function refuseOtherMeters(visible: Visibility, { meterId }: { meterId?: string }): void {
  const right = { action: 'config:retrieve', resource: meter.permission }
  if (meterId === undefined) refuseNarrowed(visible, right)
  else refuseHidden(visible, right, [meterId])
}
