/**
 * Lines of bills are written by the million and read by the bill, so what no statement looks at is
 * kept as one text and one index finds them by their bill. The organization of a bill needs no check
 * of its own: its account is in that organization.
 */
export const leanLines = {
  name: '0042-lean-lines',
  sql: `
    create table lean_line (
      organization_id uuid not null,
      bill_id uuid not null,
      sequence_number integer not null,
      id uuid not null,
      version bigint not null,
      sequence bigint not null,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      line_item_type text not null,
      account_plan_id uuid not null,
      pricing_id uuid,
      service_period_from timestamptz not null,
      service_period_to timestamptz not null,
      -- Whether its service begins where the period of its bill ends.
      is_ahead boolean not null,
      -- As they were written: json is kept to the letter and needs no taking apart.
      body json not null,
      explanation json not null
    );

    insert into lean_line
    select organization_id, bill_id, sequence_number, id, version, sequence, created_at, created_by,
      modified_at, modified_by, line_item_type, account_plan_id, pricing_id, service_period_from,
      service_period_to, is_ahead,
      json_build_object(
        'description', description,
        'product', json_build_array(product_id, product_name, product_code),
        'accountingProduct', json_build_array(accounting_product_id, accounting_product_name,
          accounting_product_code),
        'planId', plan_id,
        'aggregationId', aggregation_id,
        'compoundAggregationId', compound_aggregation_id,
        'meterId', meter_id,
        'segment', segment,
        'quantity', quantity::text,
        'units', units::text,
        'unit', unit,
        'subtotal', subtotal::text,
        'currency', currency,
        'conversionRate', conversion_rate::text,
        'convertedSubtotal', converted_subtotal::text,
        'averageUnitPrice', average_unit_price::text,
        'bands', (
          select coalesce(json_agg(json_build_array(band -> 'pricingBandId', band -> 'lowerLimit',
            band -> 'upperLimit', band -> 'fixedPrice', band -> 'fixedSubtotal',
            band -> 'unitPrice', band -> 'bandQuantity', band -> 'bandUnits',
            band -> 'unitSubtotal', band -> 'bandSubtotal', band -> 'convertedBandSubtotal')
            order by place), '[]'::json)
          from jsonb_array_elements(bands) with ordinality as each (band, place))),
      explanation::json
    from bill_line_item order by organization_id, bill_id, sequence_number;

    drop table bill_line_item;
    alter table lean_line rename to bill_line_item;
    alter table bill_line_item alter sequence add generated always as identity;
    select setval(pg_get_serial_sequence('bill_line_item', 'sequence'), max(sequence))
      from bill_line_item having max(sequence) is not null;
    alter table bill_line_item
      -- Checked at the end, because a recalculation may move lines past each other.
      add constraint bill_line_item_pkey primary key (organization_id, bill_id, sequence_number)
        deferrable initially deferred,
      add constraint bill_line_item_bill_fkey foreign key (organization_id, bill_id)
        references bill (organization_id, id) on delete cascade;
    create index bill_line_item_order on bill_line_item (organization_id, sequence);
    create index bill_line_item_ahead on bill_line_item (organization_id, account_plan_id)
      where is_ahead;

    alter table bill drop constraint bill_organization_id_fkey;
  `,
}
