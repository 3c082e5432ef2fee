/** Settings of a whole organization: its configuration and its custom fields (organization 2, 3). */
export const settings = {
  name: '0005-settings',
  sql: `
    create table organization_configuration (
      organization_id uuid primary key references organization (id),
      id uuid not null,
      version bigint not null,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      body jsonb not null
    );

    create table custom_field_defaults (
      organization_id uuid primary key references organization (id),
      id uuid not null,
      version bigint not null,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      body jsonb not null
    );
  `,
}
