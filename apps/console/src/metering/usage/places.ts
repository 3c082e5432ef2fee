/** So many decimals that the points of figures stand below each other. */
import type { Numeric } from '../../kit/api/exact-json.ts'
import { shortened } from '../../kit/format/digits.ts'

export function placesOf(values: Iterable<Numeric | null | undefined>): number {
  let most = 0
  for (const value of values) {
    const { shown, rest } = shortened(value ?? 0)
    // A fraction that is cut anyway would only push the others apart.
    if (rest === '') most = Math.max(most, shown.split('.')[1]?.length ?? 0)
  }
  return most
}
