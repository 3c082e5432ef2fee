/** How files and folders are called. */
import type { Rule } from './rule.ts'

const DRAWERS = /^(utils?|helpers?|common|misc|lib|shared|stuff)(\.|$)/
const GENERATIONS = /(^|-)(new|old|legacy|v\d+|copy|backup2)(-|\.|$)/
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/
/** Parts whose names others decide. */
const GIVEN = /^(README|CONTRIBUTING|ARCHITECTURE|CHANGELOG|SECURITY|LICENSE)(\.md)?$|^\./

export const names: Rule = {
  name: 'names',
  reason: 'A reader finds a thing by its name; drawers and generations have none.',
  check({ path }) {
    const complain = (message: string) => ({ path, line: 1, message })
    return path.split('/').flatMap((part) => {
      if (GIVEN.test(part)) return []
      if (DRAWERS.test(part))
        return [complain(`"${part}" names no thing; call it after what it holds`)]
      if (GENERATIONS.test(part))
        return [complain(`"${part}" names a generation; replace the other one`)]
      if (!KEBAB.test(part)) return [complain(`"${part}" is not in kebab-case`)]
      return []
    })
  },
}
