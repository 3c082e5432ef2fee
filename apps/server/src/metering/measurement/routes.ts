/** Calls about measurements beyond plain resources. */
import { submitMeasurements } from '@countinghouse/contract/metering/measurement.ts'
import { type Route, route } from '../../kit/area.ts'
import { ingestOf } from './service.ts'

/** Stage 1 checks the body itself: the general check would cost more than all the rest. */
const { body: _checkedByStage1, ...submission } = submitMeasurements

export const measurementRoutes: Route[] = [
  route(submission, async ({ context, organization, request }) => {
    await ingestOf(context).submit(organization, request.body)
    return { result: 'accepted' }
  }),
]
