/** Questions about usage kept under a name. */
export const savedQueries = {
  name: '0016-saved-query',
  sql: `
    create table saved_query (
      organization_id uuid not null references organization (id),
      id uuid not null,
      version bigint not null,
      sequence bigint generated always as identity,
      created_at timestamptz not null,
      created_by text,
      modified_at timestamptz not null,
      modified_by text,
      body jsonb not null,
      primary key (organization_id, id)
    );
    create index saved_query_order on saved_query (organization_id, sequence desc);
  `,
}
