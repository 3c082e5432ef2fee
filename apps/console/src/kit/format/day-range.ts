/**
 * Two days, both included, without saying twice what they share: `1–31 Oct 2026`,
 * `15 Oct – 14 Nov 2026`, `15 Dec 2026 – 14 Jan 2027`. Takes days as the Console writes them.
 */
export function dayRange(first: string, last: string): string {
  if (first === last) return first
  const [firstDay, firstMonth, firstYear] = first.split(' ')
  const [, lastMonth, lastYear] = last.split(' ')
  if (firstYear !== lastYear) return `${first} – ${last}`
  if (firstMonth !== lastMonth) return `${firstDay} ${firstMonth} – ${last}`
  return `${firstDay}–${last}`
}
