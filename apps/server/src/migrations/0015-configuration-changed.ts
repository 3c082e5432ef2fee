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

    create table event_mark (
      organization_id uuid not null references organization (id),
      event_id uuid not null,
      actioned_at timestamptz not null,
      actioned_by text not null,
      primary key (organization_id, event_id),
      foreign key (organization_id, event_id) references domain_event (organization_id, id)
        on delete cascade
    );
  `,
}
