/**
 * Who did what an event tells of: what was deleted says only who had changed it last. The account
 * comes with what it happened to, for its activity.
 */
export const doers = {
  name: '0044-doers',
  sql: `
    alter table domain_event add column principal_id text;
  `,
}
