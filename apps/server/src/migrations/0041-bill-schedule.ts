/** Which run of scheduled billing was started last, by organization (billing 2.6). */
export const billSchedule = {
  name: '0041-bill-schedule',
  sql: `
    create table bill_schedule (
      organization_id uuid primary key references organization (id),
      last_slot timestamptz not null
    );
  `,
}
