/**
 * Tells every process at once that meters, accounts or custom fields changed, so that ingest can
 * keep them in memory. It hangs on the outbox, through which every change passes.
 */
export const configurationChanged = {
  name: '0015-configuration-changed',
  sql: `
    create function announce_configuration_change() returns trigger language plpgsql as $$
    begin
      perform pg_notify('configuration_changed', json_build_object(
        'organizationId', new.organization_id,
        'name', new.name,
        'id', coalesce(new.body -> 'newDto' ->> 'id', new.body -> 'oldDto' ->> 'id'))::text);
      return null;
    end $$;

    create trigger announce_configuration_change
      after insert on domain_event for each row
      when (new.name ~ '^configuration\\.(meter|account|product|customfield|organization)\\.')
      execute function announce_configuration_change();

    -- The event list merges these with refused measurements, in the order of time.
    create index domain_event_time
      on domain_event (organization_id, occurred_at desc, (id::text) desc);
  `,
}
