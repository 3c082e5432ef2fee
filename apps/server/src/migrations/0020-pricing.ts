/** Plan templates, plans and pricings (pricing 1, 2). */
export const pricing = {
  name: '0020-pricing',
  sql: `
    create extension if not exists btree_gist;

    create table plan_template (
      organization_id uuid not null references organization (id),
      id uuid not null,
      version bigint not null,
      sequence bigint generated always as identity,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      code text,
      product_id uuid not null,
      currency text not null,
      body jsonb not null,
      primary key (organization_id, id),
      unique (organization_id, code),
      foreign key (organization_id, product_id) references product (organization_id, id)
    );
    create index plan_template_order on plan_template (organization_id, sequence desc);
    create index plan_template_product on plan_template (organization_id, product_id);

    create table plan (
      organization_id uuid not null references organization (id),
      id uuid not null,
      version bigint not null,
      sequence bigint generated always as identity,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      code text,
      plan_template_id uuid not null,
      -- Of the template, which cannot move to another product while it has plans.
      product_id uuid not null,
      account_id uuid,
      standing_charge_accounting_product_id uuid,
      minimum_spend_accounting_product_id uuid,
      body jsonb not null,
      primary key (organization_id, id),
      unique (organization_id, code),
      foreign key (organization_id, plan_template_id) references plan_template (organization_id, id),
      foreign key (organization_id, product_id) references product (organization_id, id),
      foreign key (organization_id, standing_charge_accounting_product_id)
        references product (organization_id, id),
      foreign key (organization_id, minimum_spend_accounting_product_id)
        references product (organization_id, id)
    );
    create index plan_order on plan (organization_id, sequence desc);
    create index plan_of_template on plan (organization_id, plan_template_id);
    create index plan_product on plan (organization_id, product_id);
    create index plan_account on plan (organization_id, account_id) where account_id is not null;

    -- Start and end are text in the body; as a range the database can search and exclude by them.
    create function set_active_range() returns trigger language plpgsql as $$
    begin
      new.active := tstzrange(
        (new.body ->> 'startDate')::timestamptz, (new.body ->> 'endDate')::timestamptz, '[)');
      return new;
    end $$;

    create table pricing (
      organization_id uuid not null references organization (id),
      id uuid not null,
      version bigint not null,
      sequence bigint generated always as identity,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      code text,
      plan_id uuid,
      plan_template_id uuid,
      aggregation_id uuid,
      compound_aggregation_id uuid,
      accounting_product_id uuid,
      body jsonb not null,
      active tstzrange not null,
      owner_id uuid not null generated always as (coalesce(plan_id, plan_template_id)) stored,
      measured_id uuid not null
        generated always as (coalesce(aggregation_id, compound_aggregation_id)) stored,
      type text not null generated always as (coalesce(body ->> 'type', 'DEBIT')) stored,
      segment_key text not null
        generated always as (md5(coalesce(body -> 'segment', '{}')::text)) stored,
      primary key (organization_id, id),
      unique (organization_id, code),
      check (num_nonnulls(plan_id, plan_template_id) = 1),
      check (num_nonnulls(aggregation_id, compound_aggregation_id) = 1),
      foreign key (organization_id, plan_id) references plan (organization_id, id),
      foreign key (organization_id, plan_template_id) references plan_template (organization_id, id),
      foreign key (organization_id, aggregation_id) references aggregation (organization_id, id),
      foreign key (organization_id, compound_aggregation_id)
        references compound_aggregation (organization_id, id),
      foreign key (organization_id, accounting_product_id) references product (organization_id, id),
      -- At any instant one price for the same thing (pricing 2.2).
      constraint pricing_overlap exclude using gist (
        organization_id with =, owner_id with =, measured_id with =, type with =,
        segment_key with =, active with &&)
    );
    create index pricing_order on pricing (organization_id, sequence desc);
    create index pricing_plan on pricing (organization_id, plan_id) where plan_id is not null;
    create index pricing_plan_template on pricing (organization_id, plan_template_id)
      where plan_template_id is not null;
    create index pricing_aggregation on pricing (organization_id, aggregation_id)
      where aggregation_id is not null;
    create index pricing_compound_aggregation on pricing (organization_id, compound_aggregation_id)
      where compound_aggregation_id is not null;
    create trigger set_active_range before insert or update on pricing
      for each row execute function set_active_range();
  `,
}
