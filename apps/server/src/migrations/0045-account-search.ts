/** Accounts are looked up by the purchase order that a customer names; few have one. */
export const accountSearch = {
  name: '0045-account-search',
  sql: `
    create index account_purchase_order_search
      on account (organization_id, lower(body ->> 'purchaseOrderNumber') text_pattern_ops)
      where body ->> 'purchaseOrderNumber' is not null;
  `,
}
