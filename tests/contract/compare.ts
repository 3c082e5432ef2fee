/** Differences between our schemas, or our answers, and the reference. */
import type { Operation } from '@countinghouse/contract/kit/operation.ts'
import type { Shape } from './reference.ts'

type Json = Record<string, unknown>
type TSchema = Operation['response']

/** Our schema in the same flat form. */
export function shapeOf(schema: TSchema): Shape {
  const raw = schema as unknown as Json
  const choices = raw.anyOf as TSchema[] | undefined
  const constants = choices?.map((choice) => (choice as unknown as Json).const)
  if (constants?.every((value) => value !== undefined)) {
    return { type: 'string', enum: constants }
  }
  return {
    ...(typeof raw.type === 'string' && { type: raw.type }),
    ...(Array.isArray(raw.enum) && { enum: raw.enum }),
    ...(raw.properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(raw.properties as Record<string, TSchema>).map(([key, value]) => [
          key,
          shapeOf(value),
        ]),
      ),
    }),
    ...(Array.isArray(raw.required) && { required: raw.required as string[] }),
    ...(raw.items !== undefined && { items: shapeOf(raw.items as TSchema) }),
    ...(raw.patternProperties !== undefined && {
      type: 'object',
      additionalProperties: shapeOf(
        Object.values(raw.patternProperties as Record<string, TSchema>)[0] ?? ({} as TSchema),
      ),
    }),
    ...(choices && { oneOf: choices.map(shapeOf) }),
  }
}

export type Direction = 'request' | 'answer'

/** Every difference as `path: what`; extra properties of ours are none. */
export function differences(ours: Shape, theirs: Shape, direction: Direction, path = ''): string[] {
  const problems: string[] = []
  const wanted = theirs.type
  // A choice is compared by nobody here; the recorded answers are.
  if (ours.oneOf || theirs.oneOf) return problems
  if (
    wanted !== undefined &&
    ours.type !== undefined &&
    !isSameType(ours.type, wanted, direction)
  ) {
    return [`${path}: is ${ours.type}, the reference says ${wanted}`]
  }
  if (theirs.enum && !hasSameValues(ours.enum, theirs.enum, direction)) {
    problems.push(`${path}: has ${list(ours.enum)}, the reference has ${list(theirs.enum)}`)
  }
  for (const [name, theirProperty] of Object.entries(theirs.properties ?? {})) {
    const place = path === '' ? name : `${path}.${name}`
    const ourProperty = ours.properties?.[name]
    if (ourProperty === undefined) {
      if (ours.additionalProperties === undefined) problems.push(`${place}: is missing`)
    } else problems.push(...differences(ourProperty, theirProperty, direction, place))
  }
  if (direction === 'request' && theirs.properties) {
    for (const name of ours.required ?? []) {
      const isOursAlone = theirs.properties[name] === undefined
      if (!isOursAlone && !(theirs.required ?? []).includes(name) && name !== 'version') {
        problems.push(`${path === '' ? name : `${path}.${name}`}: is required only by us`)
      }
    }
  }
  if (ours.items && theirs.items) {
    problems.push(...differences(ours.items, theirs.items, direction, `${path}[]`))
  }
  if (ours.additionalProperties && theirs.additionalProperties) {
    problems.push(
      ...differences(
        ours.additionalProperties,
        theirs.additionalProperties,
        direction,
        `${path}{}`,
      ),
    )
  }
  return problems
}

/** What is wrong with a real answer; unknown properties are no fault. */
export function answerProblems(value: unknown, shape: Shape, path = ''): string[] {
  if (shape.oneOf) {
    const attempts = shape.oneOf.map((choice) => answerProblems(value, choice, path))
    return attempts.some((attempt) => attempt.length === 0) ? [] : (attempts[0] ?? [])
  }
  if (shape.type !== undefined && !isOfType(value, shape.type)) {
    return [`${path}: ${JSON.stringify(value)} is not of type ${shape.type}`]
  }
  if (shape.enum && !shape.enum.includes(value)) {
    return [`${path}: ${JSON.stringify(value)} is none of ${list(shape.enum)}`]
  }
  if (Array.isArray(value)) {
    const { items } = shape
    return items ? value.flatMap((item, at) => answerProblems(item, items, `${path}[${at}]`)) : []
  }
  if (typeof value !== 'object' || value === null) return []
  const entries = value as Json
  const missing = (shape.required ?? []).filter((name) => entries[name] === undefined)
  return [
    ...missing.map((name) => `${path}.${name}: is missing`),
    ...Object.entries(entries).flatMap(([name, item]) => {
      const property = shape.properties?.[name] ?? shape.additionalProperties
      return property ? answerProblems(item, property, `${path}.${name}`) : []
    }),
  ]
}

/** A whole number is a number; the other way round only in what we accept. */
function isSameType(ours: string, theirs: string, direction: Direction): boolean {
  if (ours === theirs) return true
  return direction === 'answer'
    ? ours === 'integer' && theirs === 'number'
    : ours === 'number' && theirs === 'integer'
}

/** We may answer with fewer words than the reference knows, and must accept them all. */
function hasSameValues(ours: unknown[] | undefined, theirs: unknown[], direction: Direction) {
  if (ours === undefined) return false
  return direction === 'answer'
    ? ours.every((value) => theirs.includes(value))
    : theirs.every((value) => ours.includes(value))
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value)
    case 'array':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    default:
      return typeof value === type
  }
}

function list(values: unknown[] | undefined): string {
  return values === undefined ? 'any text' : values.join('|')
}
