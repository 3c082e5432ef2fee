/** What the company sells and how its use is measured. */
import { ref, type Step, step } from './step.ts'

export const COMPANY = 'Larkmoor AI'

/** Model families, from small and cheap to large and dear; the figure weighs a token of each. */
export const MODEL_WEIGHT = { wren: 0.2, heron: 1, condor: 5 } as const
export const GPU_KINDS = ['ember-24', 'ember-80', 'ember-80x8'] as const

export function catalogue(): Step[] {
  return [...products(), ...meters(), ...aggregations(), ...compoundAggregations()]
}

function products(): Step[] {
  return [
    step('/products', { code: 'api-tokens', name: 'API tokens' }),
    step('/products', { code: 'vector-storage', name: 'Vector storage' }),
    step('/products', { code: 'training', name: 'Training hours' }),
  ]
}

const text = (category: string, code: string, name: string) => ({ category, code, name })
const measure = (code: string, name: string, unit: string) => ({
  category: 'MEASURE',
  code,
  name,
  unit,
})

function meters(): Step[] {
  return [completionsMeter(), snapshotsMeter(), trainingMeter()]
}

function completionsMeter(): Step {
  const { condor, heron, wren } = MODEL_WEIGHT
  const weight = `(model == "condor" ? ${condor} : model == "heron" ? ${heron} : ${wren})`
  return step('/meters', {
    code: 'completions',
    name: 'Completions',
    productId: ref('/products', 'api-tokens'),
    dataFields: [
      text('WHO', 'workspace', 'Workspace'),
      text('WHAT', 'model', 'Model family'),
      text('WHERE', 'region', 'Region'),
      text('OTHER', 'channel', 'Live or batch'),
      measure('requests', 'Requests', '{request}'),
      measure('prompt_tokens', 'Prompt tokens', '{token}'),
      measure('cached_tokens', 'Prompt tokens from the cache', '{token}'),
      measure('completion_tokens', 'Completion tokens', '{token}'),
    ],
    derivedFields: [
      {
        ...measure('token_credits', 'Token credits', '{credit}'),
        calculation: `${weight} * (prompt_tokens + 4 * completion_tokens)`,
      },
      {
        ...measure('cached_credits', 'Credits of cached prompts', '{credit}'),
        calculation: `${weight} * cached_tokens`,
      },
      {
        ...measure('answer_length', 'Completion tokens per request', '{token}'),
        calculation: 'completion_tokens / requests',
      },
    ],
  })
}

function snapshotsMeter(): Step {
  return step('/meters', {
    code: 'vector-snapshots',
    name: 'Vector store snapshots',
    productId: ref('/products', 'vector-storage'),
    dataFields: [
      text('WHAT', 'store', 'Vector store'),
      text('WHERE', 'region', 'Region'),
      measure('stored', 'Stored', 'GiB'),
      measure('queries', 'Queries since the last snapshot', '{query}'),
    ],
    derivedFields: [
      {
        ...text('OTHER', 'load', 'Load'),
        calculation: 'queries > 20000 ? "busy" : queries > 2000 ? "steady" : "quiet"',
      },
    ],
  })
}

function trainingMeter(): Step {
  return step('/meters', {
    code: 'training-runs',
    name: 'Training runs',
    productId: ref('/products', 'training'),
    dataFields: [
      text('WHO', 'team', 'Team'),
      text('WHAT', 'gpu', 'GPU kind'),
      text('OTHER', 'outcome', 'Outcome'),
      text('METADATA', 'run', 'Run'),
      measure('hours', 'Hours', 'h'),
      measure('gpus', 'GPUs', '{gpu}'),
    ],
    derivedFields: [
      { ...measure('gpu_hours', 'GPU hours', 'h'), calculation: 'hours * gpus' },
      {
        category: 'COST',
        code: 'energy_cost',
        name: 'What the energy cost us',
        unit: 'USD',
        calculation: 'Math.round(hours * gpus * 0.31, 4)',
      },
    ],
  })
}

type Aggregated = { name: string; meter: string; field: string; method: string; unit: string }

const aggregation = (code: string, of: Aggregated, rest: Record<string, unknown> = {}) =>
  step('/aggregations', {
    code,
    name: of.name,
    meterId: ref('/meters', of.meter),
    targetField: of.field,
    aggregation: of.method,
    rounding: 'NONE',
    quantityPerUnit: 1,
    unit: of.unit,
    ...rest,
  })

const MILLION = { quantityPerUnit: 1_000_000 }
const THOUSANDS = { quantityPerUnit: 1000, rounding: 'UP' }

function aggregations(): Step[] {
  return [...tokenAggregations(), ...storageAggregations(), ...trainingAggregations()]
}

function tokenAggregations(): Step[] {
  const sum = (name: string, field: string, unit: string): Aggregated => ({
    name,
    meter: 'completions',
    field,
    method: 'SUM',
    unit,
  })
  const models = {
    segmentedFields: ['model'],
    segments: [...Object.keys(MODEL_WEIGHT), '*'].map((model) => ({ model })),
  }
  const prompts = sum('Prompt tokens', 'prompt_tokens', 'million tokens')
  const answers = sum('Completion tokens', 'completion_tokens', 'million tokens')
  const credits = sum('Token credits', 'token_credits', 'million credits')
  const cached = sum('Cached credits', 'cached_credits', 'million credits')
  return [
    aggregation('token_credits', credits, MILLION),
    aggregation('cached_credits', cached, { ...MILLION, defaultValue: 0 }),
    aggregation('prompt_tokens', prompts, { ...MILLION, ...models }),
    aggregation('completion_tokens', answers, { ...MILLION, ...models }),
    aggregation('requests', sum('Requests', 'requests', 'thousand requests'), THOUSANDS),
  ]
}

function storageAggregations(): Step[] {
  const of = (name: string, field: string, method: string, unit: string): Aggregated => ({
    name,
    meter: 'vector-snapshots',
    field,
    method,
    unit,
  })
  const queries = of('Vector queries', 'queries', 'SUM', 'thousand queries')
  return [
    aggregation('stored_peak', of('Peak storage', 'stored', 'MAX', 'GiB'), { rounding: 'UP' }),
    aggregation('stored_mean', of('Average storage', 'stored', 'MEAN', 'GiB')),
    aggregation('stored_now', of('Storage now', 'stored', 'LATEST', 'GiB')),
    aggregation('vector_queries', queries, THOUSANDS),
    aggregation('vector_stores', of('Vector stores', 'store', 'UNIQUE', 'stores')),
  ]
}

function trainingAggregations(): Step[] {
  const meter = 'training-runs'
  const gpus = { segmentedFields: ['gpu'], segments: [...GPU_KINDS, '*'].map((gpu) => ({ gpu })) }
  const hours = { name: 'GPU hours', meter, field: 'gpu_hours', method: 'SUM', unit: 'GPU hours' }
  const runs = { name: 'Training runs', meter, field: 'hours', method: 'COUNT', unit: 'runs' }
  return [aggregation('gpu_hours', hours, gpus), aggregation('training_runs', runs)]
}

function compoundAggregations(): Step[] {
  return [
    step('/compoundaggregations', {
      code: 'billable_credits',
      name: 'Token credits without cached prompts',
      productId: ref('/products', 'api-tokens'),
      calculation: 'Math.max(0, aggregation.token_credits - aggregation.cached_credits)',
      rounding: 'NONE',
      quantityPerUnit: 1_000_000,
      unit: 'million credits',
    }),
  ]
}
