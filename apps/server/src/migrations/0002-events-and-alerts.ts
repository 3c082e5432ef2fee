/** What events are filtered by and how they are ticked off; alerts that repeat are counted. */
export const eventsAndAlerts = {
  name: '0002-events-and-alerts',
  sql: `
    alter table domain_event
      add column type text,
      add column resource_id uuid,
      add column account_id uuid,
      add column actioned_at timestamptz,
      add column actioned_by text;
    create index domain_event_resource on domain_event (organization_id, resource_id, sequence desc);
    create index domain_event_account on domain_event (organization_id, account_id, sequence desc);

    alter table alert
      drop constraint alert_status_check,
      add constraint alert_status_check check (status in ('NEW', 'IN_PROGRESS', 'RESOLVED')),
      add column occurrences bigint not null default 1,
      add column fingerprint text not null default '',
      add column note text;
    create unique index alert_repeated on alert (organization_id, fingerprint) where fingerprint <> '';
  `,
}
