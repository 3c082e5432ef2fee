import type { OrganizationConfiguration } from '@countinghouse/contract/organization/configuration.ts'
import { sql } from 'kysely'
import type { Reader, Writer } from '../../kit/postgres/database.ts'

export type ScheduledOrganization = {
  organizationId: string
  configuration: Pick<
    OrganizationConfiguration,
    | 'timezone'
    | 'scheduledBillInterval'
    | 'scheduledBillOffset'
    | 'autoApproveBillsGracePeriod'
    | 'autoApproveBillsGracePeriodUnit'
  >
}

/** Over all organizations but archived ones, as the clock strikes for all; each is then worked on by itself. */
export async function organizationsWith(
  reader: Reader,
  setting: 'scheduledBillInterval' | 'autoApproveBillsGracePeriod',
): Promise<ScheduledOrganization[]> {
  const { rows } = await sql<{
    organization_id: string
    body: ScheduledOrganization['configuration']
  }>`
    select organization_id, organization_configuration.body from organization_configuration
    join organization on organization.id = organization_id and organization.status = 'ACTIVE'
    where coalesce((organization_configuration.body ->> ${setting})::numeric, 0) > 0
  `.execute(reader)
  return rows.map((row) => ({ organizationId: row.organization_id, configuration: row.body }))
}

/** True for the one caller that takes the slot; the first slot of an organization is let pass. */
export async function takeSlot(
  writer: Writer,
  organizationId: string,
  slot: number,
): Promise<boolean> {
  const at = new Date(slot)
  const { rows } = await sql<{ isFirst: boolean }>`
    insert into bill_schedule as schedule (organization_id, last_slot)
    values (${organizationId}, ${at})
    on conflict (organization_id) do update set last_slot = excluded.last_slot
      where schedule.last_slot < excluded.last_slot
    returning xmax = 0 as "isFirst"
  `.execute(writer)
  return rows[0]?.isFirst === false
}
