/** What was opened from the palette last, per organization, in this browser. */
export type Place = { title: string; path: string }

const MOST = 5
const keyOf = (organizationId: string) => `countinghouse-recent:${organizationId}`

export function readRecent(organizationId: string): Place[] {
  return JSON.parse(localStorage.getItem(keyOf(organizationId)) ?? '[]') as Place[]
}

export function rememberPlace(organizationId: string, place: Place): void {
  const others = readRecent(organizationId).filter((each) => each.path !== place.path)
  localStorage.setItem(keyOf(organizationId), JSON.stringify([place, ...others].slice(0, MOST)))
}
