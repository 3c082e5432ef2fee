/** Calls about measurements beyond plain resources. */
import { Readable } from 'node:stream'
import {
  listLastMeasurements,
  readMeterCsvTemplate,
  submitMeasurements,
  uploadMeterCsv,
} from '@countinghouse/contract/metering/measurement.ts'
import type { Context } from '../../context.ts'
import { type Route, route } from '../../kit/area.ts'
import { NotFoundError } from '../../kit/errors.ts'
import type { OrganizationRef } from '../../kit/principal.ts'
import { csvSubmission, csvTemplate, inFileTerms } from './service/csv-upload.ts'
import { lastMeasurements } from './service/last-measurements.ts'
import type { MeterSchema } from './service/meter-schema.ts'
import { directoriesOf, ingestOf } from './service.ts'

/** Stage 1 checks the body itself: the general check would cost more than all the rest. */
const { body: _checkedByStage1, ...submission } = submitMeasurements

export const measurementRoutes: Route[] = [
  route(submission, async ({ context, organization, request }) => {
    await ingestOf(context).submit(organization, request.body)
    return { result: 'accepted' }
  }),
  route(listLastMeasurements, ({ context, organization, query }) =>
    lastMeasurements(context, organization, query.meterIds),
  ),
  {
    operation: readMeterCsvTemplate,
    async handle({ context, organization, params, request, reply }) {
      const schema = await meterOf(context, organization, params.id as string)
      const fileName = `${schema.code}.csv`
      const content = csvTemplate(schema, context.clock.now())
      if (request.headers.accept?.includes('application/json')) return { fileName, content }
      // Whoever opens the address itself gets the file.
      reply.type('text/csv; charset=utf-8')
      reply.header(
        'content-disposition',
        `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      )
      return Readable.from([content])
    },
  },
  route(uploadMeterCsv, async ({ context, organization, params, body }) => {
    const schema = await meterOf(context, organization, params.id)
    const file = csvSubmission(schema, body.content)
    try {
      await ingestOf(context).submit(organization, file)
    } catch (error) {
      throw inFileTerms(error)
    }
    return { result: 'accepted', rows: file.measurements.length }
  }),
]

async function meterOf(
  context: Context,
  organization: OrganizationRef,
  id: string,
): Promise<MeterSchema> {
  const [schema] = await directoriesOf(context).meters.byIds(organization.id, [id])
  if (schema === undefined) throw new NotFoundError(`There is no meter ${id}.`)
  return schema
}
