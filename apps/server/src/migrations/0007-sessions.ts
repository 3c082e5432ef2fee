/** Passwords and sessions of people, as the sign-in library wants them; and what people visited. */
export const sessions = {
  name: '0007-sessions',
  sql: `
    -- Printed by the library's own migration generator. These tables belong to people, who are not
    -- part of an organization, so they stand in a schema of their own.
    create schema if not exists auth;
    create table auth."user" ("id" text not null primary key, "name" text not null,
      "email" text not null unique, "emailVerified" boolean not null, "image" text,
      "createdAt" timestamptz default CURRENT_TIMESTAMP not null,
      "updatedAt" timestamptz default CURRENT_TIMESTAMP not null);
    create table auth.session ("id" text not null primary key, "expiresAt" timestamptz not null,
      "token" text not null unique, "createdAt" timestamptz default CURRENT_TIMESTAMP not null,
      "updatedAt" timestamptz not null, "ipAddress" text, "userAgent" text,
      "userId" text not null references auth."user" ("id") on delete cascade);
    create table auth.account ("id" text not null primary key, "accountId" text not null,
      "providerId" text not null, "userId" text not null references auth."user" ("id") on delete cascade,
      "accessToken" text, "refreshToken" text, "idToken" text, "accessTokenExpiresAt" timestamptz,
      "refreshTokenExpiresAt" timestamptz, "scope" text, "password" text,
      "createdAt" timestamptz default CURRENT_TIMESTAMP not null, "updatedAt" timestamptz not null);
    create table auth.verification ("id" text not null primary key, "identifier" text not null,
      "value" text not null, "expiresAt" timestamptz not null,
      "createdAt" timestamptz default CURRENT_TIMESTAMP not null,
      "updatedAt" timestamptz default CURRENT_TIMESTAMP not null);
    create index "session_userId_idx" on auth.session ("userId");
    create index "account_userId_idx" on auth.account ("userId");
    create index "verification_identifier_idx" on auth.verification ("identifier");

    create table account_visit (
      organization_id uuid not null references organization (id),
      user_id uuid not null,
      account_id uuid not null,
      visited_at timestamptz not null,
      primary key (organization_id, user_id, account_id)
    );
    create index account_visit_order on account_visit (organization_id, user_id, visited_at desc);
  `,
}
