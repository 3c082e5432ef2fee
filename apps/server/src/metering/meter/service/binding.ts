/** Meters as a resource, with the rules that the kit cannot know. */
import { aggregation } from '@countinghouse/contract/metering/aggregation.ts'
import { meter } from '@countinghouse/contract/metering/meter.ts'
import { bind } from '../../../kit/area.ts'
import { readBy } from '../../../kit/resource/read.ts'
import { readCustomFieldDefaults } from '../../../organization/custom-field/service.ts'
import { lockCalculations } from '../../calculation/store.ts'
import { calculationProblems, changeProblems, fieldKind, fieldProblems } from '../rules.ts'
import { assignSlots } from '../store.ts'

export const meterBinding = bind(meter, {
  async beforeWrite({ writer, scope, id, body, stored, problems }) {
    const { organizationId } = scope
    await lockCalculations(writer, organizationId)
    const customFields = await readCustomFieldDefaults(writer, organizationId)
    problems.push(...fieldProblems(body), ...calculationProblems(body, stored, customFields))
    if (stored !== null) {
      const users = await readBy(writer, aggregation, organizationId, 'meterId', [id])
      problems.push(...changeProblems(stored, body, users))
    }
    if (problems.length > 0) return undefined
    const fields = [...body.dataFields, ...body.derivedFields].map(({ code, category }) => ({
      code,
      kind: fieldKind(category),
    }))
    await assignSlots(writer, organizationId, id, fields)
    return undefined
  },
})
