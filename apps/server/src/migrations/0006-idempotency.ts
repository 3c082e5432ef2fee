/** First answers to requests that carry an Idempotency-Key, kept for a day (organization 9.2). */
export const idempotency = {
  name: '0006-idempotency',
  sql: `
    create table idempotency_key (
      organization_id uuid not null references organization (id),
      key text not null,
      request_hash text not null,
      status integer,
      answer text,
      created_at timestamptz not null,
      primary key (organization_id, key)
    );
    create index idempotency_key_age on idempotency_key (created_at);
  `,
}
