/** The list of accounts as one question to the server's search (pricing 4.3), and so the same for a program. */
import { addDays } from '@countinghouse/engine/time/calendar.ts'
import { formatInstant } from '@countinghouse/engine/time/instant.ts'
import { normalizeZone, startOfDay } from '@countinghouse/engine/time/zone.ts'
import type { Query } from '../../kit/api/client.ts'
import type { ListState } from '../../kit/list/list-state.ts'

type Term = (value: string, timezone: string) => string

/** How each filter of the list is written as a term. */
const terms: Record<string, Term> = {
  currency: (code) => `billingCurrency:${withoutJoint(code)}`,
  purchaseOrderNumber: (start) => `purchaseOrderNumber~${withoutJoint(start)}`,
  createdBy: (id) => `createdBy:${withoutJoint(id)}`,
  createdFrom: (day, timezone) => `dtCreated>=${startOf(day, timezone)}`,
  // People name the last day.
  createdTo: (day, timezone) => `dtCreated<${startOf(addDays(day, 1), timezone)}`,
}

/** `expression` is what a person wrote; the filters narrow it further. */
export const filterKeys = ['expression', ...Object.keys(terms)]

const sortFields = ['name', 'code', 'billingCurrency', 'purchaseOrderNumber', 'dtCreated']

/** Every typed word must start a word of the name or of the code. */
export function accountSearch(
  asked: Pick<ListState, 'filters' | 'text' | 'sort'>,
  timezone: string,
): { expression: string; query: Query } {
  const { filters, text, sort } = asked
  const typed = text.split(/[\s$]+/).filter((word) => word !== '')
  const expression = [
    ...(filters['expression'] ? [filters['expression']] : []),
    ...typed.map((word) => `words~${word}`),
    ...Object.entries(terms).flatMap(([key, term]) =>
      filters[key] ? [term(filters[key], timezone)] : [],
    ),
  ].join('$')
  return {
    expression,
    query: {
      ...(expression !== '' && { searchQuery: expression }),
      ...(sort &&
        sortFields.includes(sort.key) && {
          sortBy: sort.key,
          sortOrder: sort.descending ? 'DESC' : 'ASC',
        }),
    },
  }
}

/** The sign joins terms and cannot be part of one; what stands before it is a beginning as well. */
function withoutJoint(value: string): string {
  return value.split('$')[0] ?? ''
}

/** Days are those of the organization. */
function startOf(day: string, timezone: string): string {
  return formatInstant(startOfDay(day, normalizeZone(timezone)))
}
