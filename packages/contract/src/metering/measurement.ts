/** Measurements: what clients send, and what becomes of the ones that were refused (metering 5, 6.3). */
import Type, { type Static } from 'typebox'
import { operation } from '../kit/operation.ts'
import { code, id, instant, optional, text } from '../kit/schema.ts'

/** Where a value stands in a measurement: the categories of a meter's fields in lower case. */
export const textGroups = ['who', 'what', 'where', 'other', 'metadata'] as const
export const numberGroups = ['measure', 'income', 'cost'] as const

export type TextGroup = (typeof textGroups)[number]
export type NumberGroup = (typeof numberGroups)[number]

export const MEASUREMENTS_MAX = 1000
export const UID_LENGTH_MAX = 50
export const METADATA_LENGTH_MAX = 256

/** A number, boolean or null among texts is converted or left out by the server (metering 5.2). */
const textValues = (title: string, description: string) =>
  optional(
    Type.Record(
      Type.String(),
      Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]),
      { title, description },
    ),
  )

const numberValues = (title: string, description: string) =>
  optional(
    Type.Record(Type.String(), Type.Union([Type.Number(), Type.String(), Type.Null()]), {
      title,
      description,
    }),
  )

export const measurement = Type.Object({
  uid: optional(
    text(0, UID_LENGTH_MAX, {
      title: 'Unique id',
      description:
        'Names this one event, up to 50 characters. The same uid counts once in 35 days, so send it again unchanged when an answer was lost. Left out, the server makes one, and a repeat counts twice.',
    }),
  ),
  meter: code({ title: 'Meter', description: 'Code of the meter that the values belong to.' }),
  account: code({
    title: 'Account',
    description:
      'Code of the account that used it. An unknown code makes a new account to be completed later.',
  }),
  ts: instant({
    title: 'Timestamp',
    description:
      'When it happened, with a zone. Decides the billing period. Not in the future, not before 1970.',
  }),
  ets: optional(
    instant({ title: 'End timestamp', description: 'When it ended, for usage with a duration.' }),
  ),
  who: textValues('Who', 'Persons or organizations, by field code.'),
  what: textValues('What', 'Things, by field code.'),
  where: textValues('Where', 'Places, by field code.'),
  other: textValues('Other', 'Other text, by field code.'),
  metadata: textValues(
    'Metadata',
    'Text of up to 256 characters each that usage is not split by, by field code.',
  ),
  measure: numberValues(
    'Measure',
    'Quantities, by field code; negative ones correct earlier usage. At most 20 digits before the point; 18 are kept behind it.',
  ),
  income: numberValues('Income', 'Income, by field code.'),
  cost: numberValues('Cost', 'Cost, by field code.'),
})

export type Measurement = Static<typeof measurement>

export const measurementSubmission = Type.Object({
  measurements: Type.Array(measurement, {
    minItems: 1,
    maxItems: MEASUREMENTS_MAX,
    title: 'Measurements',
    description: 'Up to 1000 at once. When one of them is malformed, none is taken.',
  }),
})

export type MeasurementSubmission = Static<typeof measurementSubmission>

export const submitMeasurements = operation({
  id: 'submitMeasurements',
  method: 'POST',
  path: '/measurements',
  scope: 'organization',
  area: 'metering',
  tag: 'Measurements',
  summary: 'Submit measurements',
  description:
    'The answer means that the whole batch is well-formed and stored for good. Measurements that cannot be counted, such as those of an unknown meter, are found under the ingest events.',
  permission: { action: 'measurements:upload', resource: 'measurements:measurement' },
  body: measurementSubmission,
  response: Type.Object({ result: Type.String({ description: '`accepted`' }) }),
  limit: 'ingest',
})

export const readFailedIngestUrl = operation({
  id: 'readFailedIngestUrl',
  method: 'GET',
  path: '/measurements/failedIngest/getDownloadUrl',
  scope: 'organization',
  area: 'metering',
  tag: 'Measurements',
  summary: 'Get a link to the original of a refused measurement; it works for five minutes',
  permission: { action: 'measurements:retrieve', resource: 'measurements:measurement' },
  query: Type.Object({
    file: Type.String({ minLength: 1, description: 'As given in `getDownloadUrl` of the event.' }),
  }),
  response: Type.Object({ url: Type.String() }),
})

export const failedIngestFile = Type.Object({
  errorType: Type.String(),
  errorMessage: Type.String(),
  fieldCode: optional(Type.String()),
  receivedAt: instant(),
  measurement: Type.Unknown({ description: 'The measurement as it was sent.' }),
})

export const downloadFailedIngest = operation({
  id: 'downloadFailedIngest',
  method: 'GET',
  path: '/downloads/failedingest/{token}',
  scope: 'instance',
  area: 'metering',
  tag: 'Measurements',
  summary: 'Download the original of a refused measurement; the link is its own permission',
  params: Type.Object({ token: Type.String() }),
  response: failedIngestFile,
  limit: 'none',
})

const meterParams = Type.Object({ id: id({ description: 'Id of the meter.' }) })

export const recentMeasurement = Type.Object({
  uid: Type.String(),
  accountId: Type.String(),
  accountCode: Type.String(),
  accountName: Type.String(),
  timestamp: instant(),
  endTimestamp: optional(instant()),
  receivedAt: instant(),
  values: Type.Record(Type.String(), Type.Unknown(), {
    description: 'By `category.code`; fields without a value are left out.',
  }),
})

export const listRecentMeasurements = operation({
  id: 'listRecentMeasurements',
  method: 'GET',
  path: '/meters/{id}/measurements',
  scope: 'organization',
  area: 'metering',
  tag: 'Measurements',
  summary: 'The measurements of a meter that arrived last',
  item: null,
  permission: { action: 'measurements:retrieve', resource: 'measurements:measurement' },
  params: meterParams,
  query: Type.Object({ limit: optional(Type.Integer({ minimum: 1, maximum: 200 })) }),
  response: Type.Object({ data: Type.Array(recentMeasurement) }),
  limit: 'config',
})

export const listLastMeasurements = operation({
  id: 'listLastMeasurements',
  method: 'GET',
  path: '/measurements/last',
  scope: 'organization',
  area: 'metering',
  tag: 'Measurements',
  summary: 'When a measurement last arrived for each of some meters',
  description:
    'Looks back to the first day of the month before last, in UTC. A meter without a measurement since then is left out of the answer.',
  permission: { action: 'measurements:retrieve', resource: 'measurements:measurement' },
  query: Type.Object({
    meterIds: Type.Array(id(), {
      minItems: 1,
      maxItems: 100,
      description: 'Ids of the meters, separated by commas; at most 100.',
    }),
  }),
  response: Type.Object({
    since: instant({ description: 'What arrived earlier was not looked at.' }),
    data: Type.Array(Type.Object({ meterId: id(), receivedAt: instant() })),
  }),
})

export const readMeterCsvTemplate = operation({
  id: 'readMeterCsvTemplate',
  method: 'GET',
  path: '/meters/{id}/csvtemplate',
  scope: 'organization',
  area: 'metering',
  tag: 'Measurements',
  summary: 'A CSV file to fill in for this meter: the header and one example row',
  permission: { action: 'config:retrieve', resource: 'config:meter' },
  params: meterParams,
  response: Type.Object({ fileName: Type.String(), content: Type.String() }),
})

export const uploadMeterCsv = operation({
  id: 'uploadMeterCsv',
  method: 'POST',
  path: '/meters/{id}/csvupload',
  scope: 'organization',
  area: 'metering',
  tag: 'Measurements',
  summary: 'Submit measurements of this meter as CSV, at most 1000 rows; any error refuses all',
  item: null,
  permission: { action: 'measurements:upload', resource: 'measurements:measurement' },
  params: meterParams,
  body: Type.Object({
    content: Type.String({
      minLength: 1,
      title: 'CSV',
      description: 'The text of the file, with the header of the template as its first line.',
    }),
  }),
  response: Type.Object({ result: Type.String(), rows: Type.Integer() }),
  limit: 'ingest',
})

export const measurementOperations = [
  submitMeasurements,
  readFailedIngestUrl,
  downloadFailedIngest,
  listRecentMeasurements,
  listLastMeasurements,
  readMeterCsvTemplate,
  uploadMeterCsv,
]
