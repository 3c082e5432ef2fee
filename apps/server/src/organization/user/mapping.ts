/** Rows of people as the API shows them. */
import type { Me } from '@countinghouse/contract/organization/console.ts'
import type { User } from '@countinghouse/contract/organization/user.ts'
import type { MemberRow, PersonRow } from './store.ts'

export function toUser(row: MemberRow): User {
  return {
    ...personFields(row, row.organizations),
    version: Number(row.membership_version),
    permissionPolicy: row.statements,
    ...(row.access_ends_at === null ? {} : { dtEndAccess: row.access_ends_at.toISOString() }),
    status: row.status,
    ...(row.last_signed_in_at === null
      ? {}
      : { dtLastSignIn: row.last_signed_in_at.toISOString() }),
    dtCreated: row.member_created_at.toISOString(),
    dtLastModified: row.member_modified_at.toISOString(),
    createdBy: row.member_created_by,
    lastModifiedBy: row.member_modified_by,
  }
}

export function personFields(row: PersonRow, organizations: string[]) {
  return {
    id: row.id,
    version: Number(row.version),
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    ...(row.contact_number === null ? {} : { contactNumber: row.contact_number }),
    organizations,
    ...(row.terms_first_accepted_at === null
      ? {}
      : { firstAcceptedTermsAndConditions: row.terms_first_accepted_at.toISOString() }),
    ...(row.terms_last_accepted_at === null
      ? {}
      : { lastAcceptedTermsAndConditions: row.terms_last_accepted_at.toISOString() }),
    supportUser: row.is_support,
    dtCreated: row.created_at.toISOString(),
    dtLastModified: row.modified_at.toISOString(),
    createdBy: row.created_by,
    lastModifiedBy: row.modified_by,
  }
}

export function toMe(row: PersonRow): Me {
  return {
    id: row.id,
    version: Number(row.version),
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    ...(row.contact_number === null ? {} : { contactNumber: row.contact_number }),
    supportUser: row.is_support,
    preferences: row.preferences,
  }
}
