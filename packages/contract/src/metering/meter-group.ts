/** Meter groups: a label that gathers meters for analytics; nothing is priced by it (metering 4.1). */
import Type from 'typebox'
import { type AnswerOf, type BodyOf, resource } from '../kit/resource.ts'
import { name } from '../kit/schema.ts'

export const meterGroup = resource({
  name: 'meter-group',
  area: 'metering',
  path: '/metergroups',
  table: 'meter_group',
  title: { one: 'Meter group', many: 'Meter groups' },
  permission: 'config:meterGroup',
  event: 'configuration.metergroup',
  maxPageSize: 100,
  body: Type.Object({
    name: name({
      description: 'Shown where meters are listed together. It has no effect on bills.',
    }),
  }),
  computed: Type.Object({}),
  references: [],
  filters: [],
  uniqueCode: false,
  sample: { name: 'Inference meters' },
})

export type MeterGroupBody = BodyOf<typeof meterGroup>
export type MeterGroup = AnswerOf<typeof meterGroup>
