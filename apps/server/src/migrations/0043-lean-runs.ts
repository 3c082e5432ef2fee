/**
 * What a bill run pays for each bill without using it: checks of what its own transaction has just
 * written, an index that no query reads, numbers counted anew from lists of accounts, and events
 * taken apart although they are only ever read whole.
 */
export const leanRuns = {
  name: '0043-lean-runs',
  sql: `
    -- Read with every look at a running job; the lists themselves are long and lie elsewhere.
    alter table bill_job_pack add column size integer not null
      generated always as (cardinality(coalesce(bill_ids, account_ids))) stored;

    -- Lines are written by whoever holds their bill, and deleted with it in one statement.
    alter table bill_line_item drop constraint bill_line_item_bill_fkey;

    -- Organizations are never deleted; json is kept to the letter and needs no taking apart.
    alter table domain_event drop constraint domain_event_organization_id_fkey;
    alter table domain_event alter column body type json using body::json;

    -- Events are read in the order of time, newest first, or as those of one thing.
    drop index domain_event_order;
    drop index domain_event_name;
    drop index domain_event_resource;
    drop index domain_event_account;
    create index domain_event_name on domain_event (organization_id, name, occurred_at desc);
    create index domain_event_resource on domain_event (organization_id, resource_id);
    create index domain_event_account on domain_event (organization_id, account_id);
  `,
}
