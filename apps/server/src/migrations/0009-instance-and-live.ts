/** The instance's own secret, the tasks people watch, and word of every change as it commits. */
export const instanceAndLive = {
  name: '0009-instance-and-live',
  sql: `
    create table instance_secret (
      only_row boolean primary key check (only_row),
      secret text not null
    );

    create table task (
      organization_id uuid not null references organization (id),
      id uuid not null,
      sequence bigint generated always as identity,
      kind text not null,
      title text not null,
      status text not null default 'PENDING'
        check (status in ('PENDING', 'RUNNING', 'COMPLETE', 'FAILED', 'CANCELLED')),
      done bigint not null default 0,
      total bigint,
      message text,
      entity_type text,
      entity_id text,
      created_at timestamptz not null,
      created_by text not null,
      started_at timestamptz,
      finished_at timestamptz,
      primary key (organization_id, id)
    );
    create index task_order on task (organization_id, sequence desc);

    -- One word for each kind of change and statement, however many rows it wrote. PostgreSQL
    -- delivers it on commit, and equal words of one transaction once.
    create function tell_changes() returns trigger language plpgsql as $$
    begin
      perform pg_notify('live', organization_id::text || ' ' || name)
        from (select distinct organization_id, name from written) as changes;
      return null;
    end $$;
    create trigger tell_changes after insert on domain_event
      referencing new table as written for each statement execute function tell_changes();

    create function tell_kind() returns trigger language plpgsql as $$
    begin
      perform pg_notify('live', organization_id::text || ' ' || tg_argv[0])
        from (select distinct organization_id from written) as changes;
      return null;
    end $$;
    create trigger tell_new_task after insert on task
      referencing new table as written for each statement execute function tell_kind('task');
    create trigger tell_task after update on task
      referencing new table as written for each statement execute function tell_kind('task');
    create trigger tell_new_alert after insert on alert
      referencing new table as written for each statement execute function tell_kind('alert');
    create trigger tell_alert after update on alert
      referencing new table as written for each statement execute function tell_kind('alert');
  `,
}
