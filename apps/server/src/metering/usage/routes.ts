/** Calls about usage. */
import { listRecentMeasurements } from '@countinghouse/contract/metering/measurement.ts'
import {
  listUsageFieldValues,
  queryUsage,
  readAggregationValue,
  readCompoundAggregationValue,
} from '@countinghouse/contract/metering/usage-query.ts'
import { type Route, route } from '../../kit/area.ts'
import { explore } from './service/explore.ts'
import { recentMeasurements, usageFieldValues } from './service/recent.ts'
import { readAggregationValues, readCompoundValues } from './service/single-value.ts'

export const usageRoutes: Route[] = [
  route(queryUsage, ({ context, organization, body }) => explore(context, organization, body)),
  route(listUsageFieldValues, async ({ context, organization, query }) => ({
    data: await usageFieldValues(context, organization, query),
  })),
  route(listRecentMeasurements, async ({ context, organization, params, query }) => ({
    data: await recentMeasurements(context, organization, params.id, query.limit),
  })),
  route(readAggregationValue, async ({ context, organization, params, query }) => ({
    values: await readAggregationValues(context, organization, params.aggregationId, query),
  })),
  route(readCompoundAggregationValue, async ({ context, organization, params, query }) => ({
    values: await readCompoundValues(context, organization, params.aggregationId, query),
  })),
]
