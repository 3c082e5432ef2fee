/** What every area stands on: organizations, the outbox of domain events, system alerts. */
export const kit = {
  name: '0001-kit',
  sql: `
    create table organization (
      id uuid primary key,
      number integer generated always as identity unique,
      version bigint not null default 1,
      name text not null,
      short_name text,
      type text not null default 'PRODUCTION' check (type in ('PRODUCTION', 'SANDBOX')),
      status text not null default 'ACTIVE' check (status in ('ACTIVE', 'ARCHIVED')),
      customer_id uuid,
      body jsonb not null default '{}',
      created_at timestamptz not null,
      created_by text,
      modified_at timestamptz not null,
      modified_by text
    );

    create table domain_event (
      organization_id uuid not null references organization (id),
      id uuid not null,
      sequence bigint generated always as identity,
      name text not null,
      type text,
      occurred_at timestamptz not null,
      actioned_at timestamptz,
      actioned_by text,
      resource_id uuid,
      account_id uuid,
      body jsonb not null,
      primary key (organization_id, id)
    );
    create index domain_event_order on domain_event (organization_id, sequence desc);
    create index domain_event_name on domain_event (organization_id, name, sequence desc);
    create index domain_event_resource on domain_event (organization_id, resource_id, sequence desc);
    create index domain_event_account on domain_event (organization_id, account_id, sequence desc);

    create table alert (
      organization_id uuid not null references organization (id),
      id uuid not null,
      version bigint not null default 1,
      sequence bigint generated always as identity,
      type text not null,
      severity text not null check (severity in ('INFO', 'WARN', 'ERROR')),
      status text not null default 'NEW' check (status in ('NEW', 'IN_PROGRESS', 'RESOLVED')),
      description text not null,
      payload jsonb not null default '{}',
      entity_type text,
      entity_id text,
      note text,
      -- Alerts of the same type and key within an hour are counted on one row (integrations 12).
      repeat_key text not null,
      repeat_hour timestamptz not null,
      count bigint not null default 1,
      created_at timestamptz not null,
      created_by text,
      modified_at timestamptz not null,
      modified_by text,
      primary key (organization_id, id),
      unique (organization_id, type, repeat_key, repeat_hour)
    );
    create index alert_order on alert (organization_id, status, sequence desc);
  `,
}
