/** Products: what is sold. Meters, aggregations and plans hang below one (metering 2). */
import Type from 'typebox'
import { type AnswerOf, type BodyOf, resource } from '../kit/resource.ts'
import { code, customFields, name } from '../kit/schema.ts'

export const product = resource({
  name: 'product',
  area: 'metering',
  path: '/products',
  table: 'product',
  title: { one: 'Product', many: 'Products' },
  permission: 'config:product',
  event: 'configuration.product',
  maxPageSize: 200,
  body: Type.Object({
    name: name({ description: 'Shown in lists and as the heading of its lines on a bill.' }),
    code: code({
      description:
        'A short key, unique among your products. Plain spaces may stand inside, not at the ends.',
    }),
    customFields: customFields(),
  }),
  computed: Type.Object({}),
  references: [],
  filters: [],
  uniqueCode: true,
  sample: { name: 'Vector storage', code: 'vector_storage' },
})

export type ProductBody = BodyOf<typeof product>
export type Product = AnswerOf<typeof product>
