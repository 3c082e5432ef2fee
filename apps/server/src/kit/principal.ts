/** Who acts: a person, a program with an access key, or the system itself (a job). */
export type Principal = {
  kind: 'user' | 'serviceUser' | 'system'
  /** Id in audit fields; jobs use `SYSTEM_PRINCIPAL`. */
  id: string
  /** The one organization a service user belongs to; people may belong to several (null). */
  organizationId: string | null
}

/** Fixed id of everything the system does by itself (organization 11, S3). */
export const SYSTEM_PRINCIPAL: Principal = { kind: 'system', id: 'system', organizationId: null }

/** The organization of a request: `number` is its short id in the event store. */
export type OrganizationRef = {
  id: string
  number: number
  name: string
  /** Can be read, not changed (organization 1). */
  isArchived?: boolean
}
