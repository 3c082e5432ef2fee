/**
 * An account plan that takes no time that it did not have stays as it was allowed: plans that overlap
 * since the organization allowed it can be ended one after the other.
 */
export const allowedOverlaps = {
  name: '0046-allowed-overlaps',
  sql: `
    create or replace function set_is_exclusive() returns trigger language plpgsql as $$
    begin
      -- The range is the new one already: triggers fire in the order of their names.
      if tg_op = 'UPDATE' then
        if new.account_id = old.account_id and new.product_id = old.product_id
          and new.active <@ old.active then
          new.is_exclusive := old.is_exclusive;
          return new;
        end if;
      end if;
      select not coalesce((body ->> 'allowOverlappingPlans')::boolean, false)
        into new.is_exclusive
        from organization_configuration where organization_id = new.organization_id;
      new.is_exclusive := coalesce(new.is_exclusive, true);
      return new;
    end $$;
  `,
}
