/** Products, meters and aggregations (metering 2, 4, 7, 8). */
export const metering = {
  name: '0010-metering',
  sql: `
    create table product (
      organization_id uuid not null references organization (id),
      id uuid not null,
      version bigint not null,
      sequence bigint generated always as identity,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      code text not null,
      body jsonb not null,
      primary key (organization_id, id),
      unique (organization_id, code)
    );
    create index product_order on product (organization_id, sequence desc);

    create table meter_group (
      organization_id uuid not null references organization (id),
      id uuid not null,
      version bigint not null,
      sequence bigint generated always as identity,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      body jsonb not null,
      primary key (organization_id, id)
    );
    create index meter_group_order on meter_group (organization_id, sequence desc);

    create table meter (
      organization_id uuid not null references organization (id),
      id uuid not null,
      -- Stands for the meter in the event store, where a small number is cheaper than an id.
      number integer not null generated always as identity unique,
      version bigint not null,
      sequence bigint generated always as identity,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      code text not null,
      product_id uuid,
      group_id uuid,
      body jsonb not null,
      primary key (organization_id, id),
      unique (organization_id, code),
      foreign key (organization_id, product_id) references product (organization_id, id),
      foreign key (organization_id, group_id) references meter_group (organization_id, id)
    );
    create index meter_order on meter (organization_id, sequence desc);
    create index meter_product on meter (organization_id, product_id);
    create index meter_of_group on meter (organization_id, group_id) where group_id is not null;

    -- Where the values of a field stand in the event store. A slot is never given out twice, so
    -- that values of a removed field cannot come back under another name.
    create table meter_field (
      organization_id uuid not null references organization (id),
      meter_id uuid not null,
      kind text not null check (kind in ('text', 'number')),
      slot integer not null check (slot > 0),
      code text not null,
      is_in_use boolean not null,
      primary key (organization_id, meter_id, kind, slot),
      foreign key (organization_id, meter_id) references meter (organization_id, id)
        on delete cascade deferrable initially deferred
    );
    create unique index meter_field_in_use on meter_field (organization_id, meter_id, code)
      where is_in_use;

    create table aggregation (
      organization_id uuid not null references organization (id),
      id uuid not null,
      version bigint not null,
      sequence bigint generated always as identity,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      code text,
      meter_id uuid not null,
      -- Of the meter, which cannot move to another product while it has aggregations.
      product_id uuid,
      accounting_product_id uuid,
      body jsonb not null,
      primary key (organization_id, id),
      unique (organization_id, code),
      foreign key (organization_id, meter_id) references meter (organization_id, id),
      foreign key (organization_id, product_id) references product (organization_id, id),
      foreign key (organization_id, accounting_product_id) references product (organization_id, id)
    );
    create index aggregation_order on aggregation (organization_id, sequence desc);
    create index aggregation_meter on aggregation (organization_id, meter_id);
    create index aggregation_product on aggregation (organization_id, product_id);

    create table compound_aggregation (
      organization_id uuid not null references organization (id),
      id uuid not null,
      version bigint not null,
      sequence bigint generated always as identity,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      code text,
      product_id uuid,
      accounting_product_id uuid,
      body jsonb not null,
      primary key (organization_id, id),
      unique (organization_id, code),
      foreign key (organization_id, product_id) references product (organization_id, id),
      foreign key (organization_id, accounting_product_id) references product (organization_id, id)
    );
    create index compound_aggregation_order on compound_aggregation (organization_id, sequence desc);
    create index compound_aggregation_product on compound_aggregation (organization_id, product_id);
  `,
}
