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
      body jsonb not null,
      occurred_at timestamptz not null,
      primary key (organization_id, id)
    );
    create index domain_event_order on domain_event (organization_id, sequence desc);
    create index domain_event_name on domain_event (organization_id, name, sequence desc);

    create table alert (
      organization_id uuid not null references organization (id),
      id uuid not null,
      version bigint not null default 1,
      sequence bigint generated always as identity,
      category text not null,
      severity text not null check (severity in ('INFO', 'WARN', 'ERROR')),
      title text not null,
      details text not null,
      entity_type text,
      entity_id text,
      status text not null default 'NEW',
      body jsonb not null default '{}',
      created_at timestamptz not null,
      created_by text,
      modified_at timestamptz not null,
      modified_by text,
      primary key (organization_id, id),
      constraint alert_status_check check (status in ('NEW', 'IN_PROGRESS', 'RESOLVED'))
    );
    create index alert_order on alert (organization_id, status, sequence desc);
  `,
}
