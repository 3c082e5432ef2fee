/** Bills with their lines, the jobs that calculate them, the lock date (billing 2, 4, 5, 10.2). */
export const billing = {
  name: '0040-billing',
  sql: `
    create table bill_job (
      organization_id uuid not null references organization (id),
      id uuid not null,
      version bigint not null,
      sequence bigint generated always as identity,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      type text not null check (type in ('CREATE', 'RECALCULATE')),
      status text not null
        check (status in ('PENDING', 'INITIALIZING', 'RUNNING', 'COMPLETE', 'CANCELLED')),
      request jsonb not null,
      -- Accounts or bills to work through; null until the job has counted them.
      total integer,
      -- By the machine's clock, so that a job whose runner died is found whatever the business clock says.
      touched_at timestamptz not null default now(),
      primary key (organization_id, id)
    );
    create index bill_job_order on bill_job (organization_id, sequence desc);
    create index bill_job_unfinished on bill_job (organization_id)
      where status in ('PENDING', 'INITIALIZING', 'RUNNING');

    -- A share of a job that is done in one transaction: with its bills, or not at all.
    create table bill_job_pack (
      organization_id uuid not null,
      bill_job_id uuid not null,
      number integer not null,
      account_ids uuid[] not null,
      -- Of a recalculation: the bills to calculate again, one for each account id.
      bill_ids uuid[],
      is_done boolean not null default false,
      bills integer not null default 0,
      failed integer not null default 0,
      primary key (organization_id, bill_job_id, number),
      foreign key (organization_id, bill_job_id) references bill_job (organization_id, id)
        on delete cascade
    );

    create table bill (
      organization_id uuid not null references organization (id),
      id uuid not null,
      version bigint not null,
      sequence bigint generated always as identity,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      account_id uuid not null,
      account_code text not null,
      -- What the bill is: with account and organization never twice (billing 4.2).
      natural_bill_date date not null,
      key_frequency text not null,
      key_interval integer not null,
      frequency text not null,
      bill_interval integer not null,
      start_date date not null,
      end_date date not null,
      starts_at timestamptz not null,
      ends_at timestamptz not null,
      bill_date date not null,
      due_date date not null,
      external_invoice_date date not null,
      timezone text not null,
      currency text not null,
      conversions jsonb not null,
      total numeric not null,
      purchase_order_number text,
      external_invoice_reference text,
      sequential_invoice_number text,
      status text not null check (status in ('PENDING', 'APPROVED')),
      locked boolean not null default false,
      approved_at timestamptz,
      approved_by text,
      locked_at timestamptz,
      locked_by text,
      bill_job_id uuid not null,
      last_calculated_at timestamptz not null,
      -- What the job said differently from the organization; a recalculation keeps to it.
      settings jsonb not null,
      -- Of all that was calculated: equal digests need no writing.
      digest text not null,
      primary key (organization_id, id),
      unique (organization_id, account_id, natural_bill_date, key_frequency, key_interval),
      foreign key (organization_id, account_id) references account (organization_id, id)
    );
    create index bill_order on bill (organization_id, sequence desc);
    create index bill_date on bill (organization_id, bill_date);
    create index bill_external_invoice_date on bill (organization_id, external_invoice_date);
    create index bill_end_date on bill (organization_id, end_date) where status = 'PENDING';
    create index bill_job_of on bill (organization_id, bill_job_id, sequence);

    create table bill_line_item (
      organization_id uuid not null,
      id uuid not null,
      version bigint not null,
      sequence bigint generated always as identity,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      bill_id uuid not null,
      -- Which line of the bill it is, so that a recalculation finds it again.
      line_key text not null,
      sequence_number integer not null,
      line_item_type text not null,
      description text not null,
      product_id uuid not null,
      product_name text not null,
      product_code text not null,
      accounting_product_id uuid not null,
      accounting_product_name text not null,
      accounting_product_code text not null,
      account_plan_id uuid not null,
      plan_id uuid not null,
      pricing_id uuid,
      aggregation_id uuid,
      compound_aggregation_id uuid,
      meter_id uuid,
      segment jsonb,
      quantity numeric not null,
      units numeric not null,
      unit text not null,
      subtotal numeric not null,
      currency text not null,
      conversion_rate numeric not null,
      converted_subtotal numeric not null,
      average_unit_price numeric not null,
      bands jsonb not null,
      service_period_from timestamptz not null,
      service_period_to timestamptz not null,
      explanation jsonb not null,
      -- Whether its service begins where the period of its bill ends.
      is_ahead boolean not null,
      digest text not null,
      primary key (organization_id, id),
      unique (organization_id, bill_id, line_key),
      foreign key (organization_id, bill_id) references bill (organization_id, id) on delete cascade
    );
    create index bill_line_item_order on bill_line_item (organization_id, sequence desc);
    create index bill_line_item_ahead on bill_line_item (organization_id, account_plan_id)
      where is_ahead;

    create table bill_configuration (
      organization_id uuid primary key references organization (id),
      id uuid not null,
      version bigint not null,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      body jsonb not null
    );

    -- The last bill number that was given out; numbers of deleted bills are not used again.
    create table bill_number (
      organization_id uuid primary key references organization (id),
      last bigint not null
    );
  `,
}
