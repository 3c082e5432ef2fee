/** Accounts and the plans they have (pricing 4, 5). */
export const accounts = {
  name: '0030-accounts',
  sql: `
    create table account (
      organization_id uuid not null references organization (id),
      id uuid not null,
      version bigint not null,
      sequence bigint generated always as identity,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      -- Short id of the account in the event store; never shown outside.
      number integer not null generated always as identity unique,
      code text not null,
      parent_account_id uuid,
      currency text,
      body jsonb not null,
      primary key (organization_id, id),
      unique (organization_id, code),
      foreign key (organization_id, parent_account_id) references account (organization_id, id)
    );
    create index account_order on account (organization_id, sequence desc);
    create index account_parent on account (organization_id, parent_account_id)
      where parent_account_id is not null;
    create index account_code_search on account (organization_id, lower(code) text_pattern_ops);
    create index account_name_search
      on account (organization_id, lower(body ->> 'name') text_pattern_ops);

    alter table plan add foreign key (organization_id, account_id)
      references account (organization_id, id);

    create table account_plan (
      organization_id uuid not null references organization (id),
      id uuid not null,
      version bigint not null,
      sequence bigint generated always as identity,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      code text,
      account_id uuid not null,
      plan_id uuid not null,
      product_id uuid not null,
      body jsonb not null,
      active tstzrange not null,
      -- Whether the organization forbade overlapping plans when the row was written.
      is_exclusive boolean not null,
      primary key (organization_id, id),
      unique (organization_id, code),
      foreign key (organization_id, account_id) references account (organization_id, id),
      foreign key (organization_id, plan_id) references plan (organization_id, id),
      foreign key (organization_id, product_id) references product (organization_id, id),
      constraint account_plan_overlap exclude using gist (
        organization_id with =, account_id with =, product_id with =, active with &&)
        where (is_exclusive)
    );
    create index account_plan_order on account_plan (organization_id, sequence desc);
    create index account_plan_account on account_plan (organization_id, account_id);
    create index account_plan_plan on account_plan (organization_id, plan_id);
    create index account_plan_product on account_plan (organization_id, product_id);

    create function set_is_exclusive() returns trigger language plpgsql as $$
    begin
      select not coalesce((body ->> 'allowOverlappingPlans')::boolean, false)
        into new.is_exclusive
        from organization_configuration where organization_id = new.organization_id;
      new.is_exclusive := coalesce(new.is_exclusive, true);
      return new;
    end $$;
    create trigger set_active_range before insert or update on account_plan
      for each row execute function set_active_range();
    create trigger set_is_exclusive before insert or update on account_plan
      for each row execute function set_is_exclusive();
  `,
}
