/** Usage, for the areas that bill it and explain it. */
export { aggregate, type UsageAnswer, type UsageEntry } from './service/aggregate.ts'
export {
  type MeasurementBehind,
  type MeasurementsBehind,
  measurementsBehind,
} from './service/behind.ts'
export { openUsage } from './service/open-usage.ts'
export {
  type AggregationQuestion,
  aggregationQuestion,
  type UsageMethod,
  type UsageQuestion,
} from './service/usage-question.ts'
