/** What a meter keeps beside its body: its number, and where the values of its fields stand. */
import type { DataField } from '@countinghouse/contract/metering/meter.ts'
import { sql } from 'kysely'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import type { FieldKind } from './rules.ts'

export type Slot = { code: string; kind: FieldKind; slot: number; isInUse: boolean }

export async function readSlots(
  reader: Reader,
  organizationId: string,
  meterIds: string[],
): Promise<Map<string, Slot[]>> {
  const { rows } = await sql<Slot & { meterId: string }>`
    select meter_id as "meterId", code, kind, slot, is_in_use as "isInUse" from meter_field
    where organization_id = ${organizationId} and meter_id = any(${meterIds}::uuid[])
    order by kind, slot
  `.execute(reader)
  return Map.groupBy(rows, ({ meterId }) => meterId)
}

export type MeterRow = {
  id: string
  number: number
  code: string
  name: string
  dataFields: DataField[]
  derivedFields: DataField[]
  slots: Pick<Slot, 'code' | 'kind' | 'slot'>[]
}

/** All meters with the places of their fields, oldest first. */
export async function readMeters(reader: Reader, organizationId: string): Promise<MeterRow[]> {
  const { rows } = await sql<MeterRow>`
    select id, number, code, body ->> 'name' as name,
      body -> 'dataFields' as "dataFields", body -> 'derivedFields' as "derivedFields",
      array(
        select jsonb_build_object('code', code, 'kind', kind, 'slot', slot) from meter_field
        where organization_id = meter.organization_id and meter_id = meter.id and is_in_use
      ) as slots
    from meter where organization_id = ${organizationId} order by sequence
  `.execute(reader)
  return rows
}

export async function readNumbers(
  reader: Reader,
  organizationId: string,
  meterIds: string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; number: number }>`
    select id, number from meter
    where organization_id = ${organizationId} and id = any(${meterIds}::uuid[])
  `.execute(reader)
  return new Map(rows.map(({ id, number }) => [id, number]))
}

/** Gives new fields the next free slots and takes removed ones out of use; used slots stay taken. */
export async function assignSlots(
  writer: Writer,
  organizationId: string,
  meterId: string,
  fields: { code: string; kind: FieldKind }[],
): Promise<void> {
  const taken = (await readSlots(writer, organizationId, [meterId])).get(meterId) ?? []
  const inUse = taken.filter(({ isInUse }) => isInUse)
  const retired = inUse.filter(({ code, kind }) => !has(fields, { code, kind }))
  await sql`
    update meter_field set is_in_use = false
    where organization_id = ${organizationId} and meter_id = ${meterId} and is_in_use
      and code = any(${retired.map(({ code }) => code)}::text[])
  `.execute(writer)
  const next = { text: nextSlot(taken, 'text'), number: nextSlot(taken, 'number') }
  const added = fields
    .filter((field) => !has(inUse, field))
    .map(({ code, kind }) => ({ code, kind, slot: next[kind]++ }))
  await sql`
    insert into meter_field (organization_id, meter_id, kind, slot, code, is_in_use)
    select ${organizationId}, ${meterId}, kind, slot, code, true
    from jsonb_to_recordset(${JSON.stringify(added)}::jsonb) as row (kind text, slot int, code text)
  `.execute(writer)
}

type Coded = { code: string; kind: FieldKind }

function has(fields: Coded[], { code, kind }: Coded): boolean {
  return fields.some((field) => field.code === code && field.kind === kind)
}

function nextSlot(taken: Slot[], kind: FieldKind): number {
  return taken.reduce(
    (next, slot) => (slot.kind === kind ? Math.max(next, slot.slot + 1) : next),
    1,
  )
}
