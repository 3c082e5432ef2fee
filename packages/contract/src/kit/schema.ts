/**
 * Shapes that every wire schema is made of. Prose sits in `title` (the label a form shows) and
 * `description` (its tooltip), so that API reference, forms and tooltips cannot drift apart.
 */
import Type, { type TSchema } from 'typebox'

type Prose = { title?: string; description?: string }

/** No control characters, no white space except plain spaces inside; 1 to 80 characters (metering 1.6, K1). */
export const CODE_PATTERN = '^([^\\p{Cc}\\s]|[^\\p{Cc}\\s]([^\\p{Cc}\\s]| )*[^\\p{Cc}\\s])$'
/** Letters, digits, `_` and `$`, not starting with a digit (metering 1.6, K2). */
export const FIELD_CODE_PATTERN = '^[\\p{L}_$][\\p{L}_$0-9]*$'

export const id = (prose: Prose = {}) =>
  Type.String({ format: 'uuid', minLength: 36, maxLength: 36, ...prose })

export const name = (prose: Prose = {}) =>
  Type.String({
    minLength: 1,
    maxLength: 200,
    title: 'Name',
    description: 'What people see in lists, on pages and on bills.',
    ...prose,
  })

export const code = (prose: Prose = {}) =>
  Type.String({
    minLength: 1,
    maxLength: 80,
    pattern: CODE_PATTERN,
    title: 'Code',
    description: 'A short unique key for programs. Plain spaces may stand inside, not at the ends.',
    ...prose,
  })

export const fieldCode = (prose: Prose = {}) =>
  Type.String({
    minLength: 1,
    maxLength: 80,
    pattern: FIELD_CODE_PATTERN,
    title: 'Code',
    description: 'Letters, digits, _ and $; not starting with a digit. Calculations use this code.',
    ...prose,
  })

export const text = (minLength: number, maxLength: number, prose: Prose = {}) =>
  Type.String({ minLength, maxLength, ...prose })

export const flag = (prose: Prose = {}) => Type.Boolean(prose)

export const wholeNumber = (minimum: number, maximum: number, prose: Prose = {}) =>
  Type.Integer({ minimum, maximum, ...prose })

/**
 * An exact decimal. On the wire a JSON number of any length, in programs its digits as text: the
 * server reads and writes the digits themselves, so that no amount ever passes through a double.
 */
export const decimal = (
  bounds: { minimum?: number; maximum?: number; exclusiveMinimum?: number } & Prose = {},
) => Type.Unsafe<string>({ type: 'number', exact: true, ...bounds })

/** ISO-8601 instant with zone. */
export const instant = (prose: Prose = {}) => Type.String({ format: 'date-time', ...prose })

/** Calendar day `YYYY-MM-DD` in the organization's time zone. */
export const day = (prose: Prose = {}) => Type.String({ format: 'date', ...prose })

export const oneOf = <const Values extends readonly string[]>(values: Values, prose: Prose = {}) =>
  Type.Unsafe<Values[number]>({ type: 'string', enum: [...values], ...prose })

export const optional = <Schema extends TSchema>(schema: Schema) => Type.Optional(schema)

/** Text or number by a name of 1 to 256 characters; any will do, line breaks too. */
export const namedValues = (maxProperties: number, prose: Prose) =>
  Type.Record(
    Type.String({ pattern: '^[\\s\\S]{1,256}$' }),
    Type.Union([Type.String(), Type.Number()]),
    // Else a name that does not fit would go out of the body without a word.
    { maxProperties, additionalProperties: false, ...prose },
  )

export const customFields = () =>
  Type.Optional(
    namedValues(100, {
      title: 'Custom fields',
      description: 'Your own names and values, text or number. Calculations may read them.',
    }),
  )

/** Who made an entity and who changed it last; on every answer. */
export const auditFields = {
  id: id({ title: 'ID' }),
  version: Type.Integer({
    minimum: 0,
    title: 'Version',
    description: 'Goes up by one with each change; send it back when you update.',
  }),
  dtCreated: instant({ title: 'Created' }),
  dtLastModified: instant({ title: 'Last modified' }),
  createdBy: Type.Optional(Type.String({ title: 'Created by' })),
  lastModifiedBy: Type.Optional(Type.String({ title: 'Last modified by' })),
}

export const page = <Item extends TSchema>(item: Item) =>
  Type.Object({
    data: Type.Array(item),
    nextToken: Type.Optional(
      Type.String({ description: 'Pass it back to read the next page; absent on the last.' }),
    ),
  })

export const message = () => Type.Object({ message: Type.String() })
