/** Picklists: currencies, reasons, transaction types, bill grouping keys (organization 4). */
export const picklists = {
  name: '0003-picklists',
  sql: `
    create table currency (
      organization_id uuid not null references organization (id),
      id uuid not null,
      version bigint not null,
      sequence bigint generated always as identity,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      code text,
      archived boolean,
      body jsonb not null,
      primary key (organization_id, id),
      unique (organization_id, code)
    );
    create index currency_order on currency (organization_id, sequence desc);

    create table credit_reason (
      organization_id uuid not null references organization (id),
      id uuid not null,
      version bigint not null,
      sequence bigint generated always as identity,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      code text,
      archived boolean,
      body jsonb not null,
      primary key (organization_id, id),
      unique (organization_id, code)
    );
    create index credit_reason_order on credit_reason (organization_id, sequence desc);

    create table debit_reason (
      organization_id uuid not null references organization (id),
      id uuid not null,
      version bigint not null,
      sequence bigint generated always as identity,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      code text,
      archived boolean,
      body jsonb not null,
      primary key (organization_id, id),
      unique (organization_id, code)
    );
    create index debit_reason_order on debit_reason (organization_id, sequence desc);

    create table transaction_type (
      organization_id uuid not null references organization (id),
      id uuid not null,
      version bigint not null,
      sequence bigint generated always as identity,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      code text,
      archived boolean,
      body jsonb not null,
      primary key (organization_id, id),
      unique (organization_id, code)
    );
    create index transaction_type_order on transaction_type (organization_id, sequence desc);

    create table bill_grouping_key (
      organization_id uuid not null references organization (id),
      id uuid not null,
      version bigint not null,
      sequence bigint generated always as identity,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      code text,
      archived boolean,
      body jsonb not null,
      primary key (organization_id, id),
      unique (organization_id, code)
    );
    create index bill_grouping_key_order on bill_grouping_key (organization_id, sequence desc);
  `,
}
