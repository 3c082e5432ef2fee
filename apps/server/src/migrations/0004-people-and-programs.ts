/** Who may enter: people, their memberships, service users with keys, policies (organization 5 to 7). */
export const peopleAndPrograms = {
  name: '0004-people-and-programs',
  sql: `
    -- A person exists once on the instance, whatever the number of organizations entered.
    create table person (
      id uuid primary key,
      version bigint not null,
      email text not null,
      first_name text not null,
      last_name text not null,
      contact_number text,
      is_support boolean not null default false,
      terms_first_accepted_at timestamptz,
      terms_last_accepted_at timestamptz,
      last_signed_in_at timestamptz,
      preferences jsonb not null default '{}',
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null
    );
    create unique index person_email on person (lower(email));

    create table membership (
      organization_id uuid not null references organization (id),
      user_id uuid not null references person (id),
      version bigint not null,
      sequence bigint generated always as identity,
      status text not null check (status in ('ACTIVE', 'INACTIVE')),
      access_ends_at timestamptz,
      statements jsonb not null default '[]',
      last_opened_at timestamptz,
      is_checklist_dismissed boolean not null default false,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      primary key (organization_id, user_id)
    );
    create index membership_order on membership (organization_id, sequence desc);
    create index membership_user on membership (user_id);

    create table permission_policy (
      organization_id uuid not null references organization (id),
      id uuid not null,
      version bigint not null,
      sequence bigint generated always as identity,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      managed text,
      body jsonb not null,
      primary key (organization_id, id),
      unique (organization_id, managed)
    );
    create index permission_policy_order on permission_policy (organization_id, sequence desc);

    create table policy_assignment (
      organization_id uuid not null references organization (id),
      id uuid not null,
      version bigint not null,
      policy_id uuid not null,
      principal_type text not null check (principal_type in ('USER', 'SERVICEUSER')),
      principal_id uuid not null,
      created_at timestamptz not null,
      created_by text not null,
      modified_at timestamptz not null,
      modified_by text not null,
      primary key (organization_id, id),
      unique (organization_id, principal_type, principal_id, policy_id),
      foreign key (organization_id, policy_id) references permission_policy (organization_id, id)
    );
    create index policy_assignment_policy on policy_assignment (organization_id, policy_id);

    create table service_user (
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
    create index service_user_order on service_user (organization_id, sequence desc);

    create table access_key (
      organization_id uuid not null references organization (id),
      id text not null unique,
      service_user_id uuid not null,
      sequence bigint generated always as identity,
      secret_hash text not null,
      status text not null check (status in ('ACTIVE', 'INACTIVE')),
      expires_at timestamptz,
      last_used_at timestamptz,
      created_at timestamptz not null,
      created_by text not null,
      primary key (organization_id, id),
      foreign key (organization_id, service_user_id)
        references service_user (organization_id, id) on delete cascade
    );
    create index access_key_service_user on access_key (organization_id, service_user_id);

    -- Keys of the instance that sign access tokens; the newest signs, all verify.
    create table signing_key (
      id text primary key,
      private_jwk jsonb not null,
      public_jwk jsonb not null,
      created_at timestamptz not null
    );
  `,
}
