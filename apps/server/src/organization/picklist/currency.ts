/** Currencies: USD stays, and what bills depend on cannot be taken away. */
import { currency } from '@countinghouse/contract/organization/currency.ts'
import { bind } from '../../kit/area.ts'
import { InvalidInputError } from '../../kit/errors.ts'
import { readConfiguration } from '../configuration/service.ts'

const ALWAYS_THERE = 'USD'

export const currencyBinding = bind(currency, {
  async beforeWrite({ writer, scope, body, stored, problems }) {
    if (body.code === undefined) {
      problems.push({ field: 'code', message: 'is required: amounts name their currency by it.' })
    }
    if (stored?.code !== undefined && stored.code !== body.code) {
      const message = `Prices and bills name the currency ${stored.code} by its code, which therefore cannot change. Create another currency.`
      problems.push({ field: 'code', message })
    }
    if (stored !== null && body.archived === true) {
      const { currency: chosen } = await readConfiguration(writer, scope.organizationId)
      if (chosen === stored.code) {
        const message = `${chosen} is the currency of the organization. Choose another one in its configuration first.`
        problems.push({ field: 'archived', message })
      }
    }
    return undefined
  },
  async beforeDelete({ writer, scope, stored }) {
    if (stored.code === ALWAYS_THERE) {
      throw new InvalidInputError(
        'USD is there from the start and cannot be deleted. Archive it instead.',
      )
    }
    const configuration = await readConfiguration(writer, scope.organizationId)
    const isConverted = (configuration.currencyConversions ?? []).some(
      ({ from, to }) => from === stored.code || to === stored.code,
    )
    if (configuration.currency === stored.code || isConverted) {
      throw new InvalidInputError(
        `The organization configuration uses ${stored.code}. Change it there first.`,
        undefined,
        'STILL_REFERENCED',
      )
    }
  },
})
