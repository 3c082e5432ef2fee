/** Our own operations for the editors of the Console: check a calculation, and try it (metering 9.7). */
import Type, { type Static } from 'typebox'
import { operation } from '../kit/operation.ts'
import { id, oneOf, optional, text } from '../kit/schema.ts'
import { dataField, dataFieldCategories } from './meter.ts'

export const calculationPlaces = ['derived-field', 'compound-aggregation'] as const
export type CalculationPlace = (typeof calculationPlaces)[number]

const question = {
  place: oneOf([...calculationPlaces], {
    title: 'Place',
    description: 'Where the calculation will stand; decides which names it may use.',
  }),
  calculation: text(0, 5000, { title: 'Calculation', description: 'The text to look at.' }),
  meterId: optional(
    id({ title: 'Meter', description: 'Meter of a derived field, when it is saved already.' }),
  ),
  productId: optional(
    id({
      title: 'Product',
      description: 'Product of a meter that is not saved yet; empty for a global one.',
    }),
  ),
  dataFields: optional(
    Type.Array(dataField, {
      maxItems: 15,
      title: 'Data fields',
      description: 'Data fields as they stand in the form; they win over those of the saved meter.',
    }),
  ),
}

export const calculationProblem = Type.Object({
  message: Type.String({ description: 'What is wrong and what to do, in one sentence.' }),
  position: Type.Integer({ minimum: 0, description: 'Characters before the place, from 0.' }),
  length: Type.Integer({ minimum: 0, description: 'Characters that are concerned.' }),
  line: Type.Integer({ minimum: 1 }),
  column: Type.Integer({ minimum: 1 }),
})

export const calculationCompletion = Type.Object({
  kind: oneOf(['field', 'system', 'custom-field', 'aggregation', 'function', 'constant', 'cast']),
  text: Type.String({ description: 'What is inserted.' }),
  signature: Type.String({ description: 'How it is written, with its arguments.' }),
  help: Type.String({ description: 'One line on what it gives.' }),
})

export type CalculationProblem = Static<typeof calculationProblem>
export type CalculationCompletion = Static<typeof calculationCompletion>

const answerType = oneOf(['number', 'string', 'boolean', 'timestamp', 'null', 'any'], {
  description: 'Kind of its value; any where it depends on the data.',
})

const checkBody = Type.Object({
  ...question,
  category: optional(
    oneOf([...dataFieldCategories], {
      title: 'Category',
      description: 'Category of the derived field; its kind of value is then checked too.',
    }),
  ),
})

const checkAnswer = Type.Object({
  problems: Type.Array(calculationProblem),
  resultType: answerType,
  completions: Type.Array(calculationCompletion),
})

export type CheckCalculationBody = Static<typeof checkBody>
export type CheckCalculationAnswer = Static<typeof checkAnswer>

export const checkCalculation = operation({
  id: 'checkCalculation',
  method: 'POST',
  path: '/calculations/check',
  scope: 'organization',
  area: 'metering',
  tag: 'Calculations',
  summary: 'Check a calculation and list what it may use, without saving anything',
  permission: { action: 'config:retrieve', resource: 'config:meter' },
  body: checkBody,
  response: checkAnswer,
})

const evaluateBody = Type.Object({
  ...question,
  values: optional(
    Type.Record(
      Type.String(),
      Type.Union([Type.Number(), Type.String(), Type.Boolean(), Type.Null()]),
      {
        title: 'Sample values',
        description:
          'Values by name as written in the calculation, such as gigabytes or aggregation.calls; timestamps as ISO-8601. Custom fields not given take the value of the organization.',
      },
    ),
  ),
})

const evaluateAnswer = Type.Object({
  problems: Type.Array(calculationProblem),
  resultType: optional(answerType),
  text: optional(
    Type.String({ description: 'The value with all its digits; absent when it is null.' }),
  ),
  error: optional(Type.String({ description: 'Why these values give none.' })),
})

export type EvaluateCalculationBody = Static<typeof evaluateBody>
export type EvaluateCalculationAnswer = Static<typeof evaluateAnswer>

export const evaluateCalculation = operation({
  id: 'evaluateCalculation',
  method: 'POST',
  path: '/calculations/evaluate',
  scope: 'organization',
  area: 'metering',
  tag: 'Calculations',
  summary: 'Try a calculation with sample values, without saving anything',
  permission: { action: 'config:retrieve', resource: 'config:meter' },
  body: evaluateBody,
  response: evaluateAnswer,
})
