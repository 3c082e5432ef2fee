/** Tells the server that an account was opened; it keeps the list of the Dashboard. */
import { apiAt } from '../../kit/api/client.ts'

export function noteVisit(organizationId: string, accountId: string): void {
  // A visit that could not be noted is not worth a word to the person.
  apiAt(`/organizations/${organizationId}`)
    .put(`/console/recentaccounts/${accountId}`)
    .catch(() => undefined)
}
