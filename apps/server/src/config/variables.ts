/** Every environment variable, with its meaning, default and check; docs/operations/configuration.md lists these. */

export type Role = 'api' | 'ingest' | 'worker'
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

export type Outcome<Value> = { value: Value } | { wrong: string }

export type Variable<Value> = {
  name: string
  /** What it is for, one sentence for the operator's manual. */
  meaning: string
  /** How the default reads in the manual. */
  usual: string
  fallback: Value
  parse(text: string): Outcome<Value>
  /** What to write instead. */
  remedy: string
}

const allRoles: Role[] = ['api', 'ingest', 'worker']
const logLevels: LogLevel[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

export const variables = {
  port: whole('PORT', 'Port the server listens on.', 4000, 0, 65_535),
  host: text(
    'HOST',
    'Address the server listens on; 0.0.0.0 makes it reachable from other machines.',
    '127.0.0.1',
  ),
  dataDir: text(
    'DATA_DIR',
    'Folder of everything that is stored: PostgreSQL, measurements, files.',
    './data',
  ),
  baseUrl: url(
    'BASE_URL',
    'Address under which people and programs reach this server; links in mails and downloads begin with it.',
    ['http:', 'https:'],
    'http://localhost:PORT',
  ),
  databaseUrl: url(
    'DATABASE_URL',
    'A PostgreSQL server of your own, version 15 or newer; without it one is started inside DATA_DIR.',
    ['postgres:', 'postgresql:'],
    'none: embedded',
  ),
  clickhouseUrl: url(
    'CLICKHOUSE_URL',
    'A ClickHouse server or cluster of your own; without it the engine runs inside this process, in DATA_DIR.',
    ['http:', 'https:'],
    'none: embedded',
  ),
  roles: {
    name: 'ROLES',
    meaning:
      'What this process does: api (configuration calls and the Console), ingest (measurements), worker (jobs).',
    usual: 'api,ingest,worker',
    fallback: allRoles,
    remedy: 'Write a comma list of api, ingest and worker, or leave it out for all three.',
    parse(written) {
      const names = written.split(',').map((name) => name.trim())
      const roles = allRoles.filter((role) => names.includes(role))
      const unknown = names.find((name) => !allRoles.some((role) => role === name))
      return unknown === undefined ? { value: roles } : { wrong: `"${unknown}" is no role` }
    },
  } satisfies Variable<Role[]>,
  smtpUrl: url(
    'SMTP_URL',
    'Mail server for password resets; without it the admin command prints links instead.',
    ['smtp:', 'smtps:'],
    'none',
  ),
  mailFrom: text('MAIL_FROM', 'Sender of mails.', 'Countinghouse <no-reply@localhost>'),
  logLevel: choice('LOG_LEVEL', 'The least severe log line that is written.', logLevels, 'info'),
  seed: choice(
    'SEED',
    'Whether a first start on embedded stores makes the demo organization.',
    ['demo', 'none'],
    'demo',
  ),
  trustProxy: flag(
    'TRUST_PROXY',
    'Take the caller’s address from X-Forwarded-For; only behind a proxy of your own.',
    false,
  ),
  rateLimits: flag(
    'RATE_LIMITS',
    'Whether the limits on the number of requests are applied.',
    true,
  ),
  limitConfigPerAddress: whole(
    'LIMIT_CONFIG_PER_ADDRESS',
    'Configuration calls of one address in any five minutes.',
    20_000,
    1,
  ),
  limitConfigPerOrganization: whole(
    'LIMIT_CONFIG_PER_ORGANIZATION',
    'Configuration calls of one organization in a second.',
    50,
    1,
  ),
  limitIngestPerAddress: whole(
    'LIMIT_INGEST_PER_ADDRESS',
    'Ingest calls of one address in any five minutes.',
    5_000,
    1,
  ),
  limitIngestPerOrganization: whole(
    'LIMIT_INGEST_PER_ORGANIZATION',
    'Ingest calls of one organization in a second.',
    50,
    1,
  ),
  limitExplorerPerSecond: whole(
    'LIMIT_EXPLORER_PER_SECOND',
    'Usage queries of one organization a second, sustained.',
    2,
    1,
  ),
  limitExplorerBurst: whole(
    'LIMIT_EXPLORER_BURST',
    'Usage queries of one organization that may come at once.',
    20,
    1,
  ),
  limitRequestsAtOnce: whole(
    'LIMIT_REQUESTS_AT_ONCE',
    'Requests that one process answers at one time; more are told to come again.',
    1_000,
    1,
  ),
  limitQueriesAtOnce: whole(
    'LIMIT_QUERIES_AT_ONCE',
    'Usage queries that one process answers at one time.',
    64,
    1,
  ),
  limitBodyBytes: whole(
    'LIMIT_BODY_BYTES',
    'A request body of this many bytes or more is refused with 403.',
    512_000,
    1_024,
  ),
}

function text(name: string, meaning: string, fallback: string): Variable<string> {
  return { name, meaning, usual: fallback, fallback, remedy: '', parse: (value) => ({ value }) }
}

function whole(
  name: string,
  meaning: string,
  fallback: number,
  minimum: number,
  maximum = 1_000_000_000,
): Variable<number> {
  return {
    name,
    meaning,
    usual: String(fallback),
    fallback,
    remedy: `Write a whole number from ${minimum} to ${maximum}, or leave it out for ${fallback}.`,
    parse(written) {
      const value = /^\d{1,12}$/.test(written) ? Number(written) : Number.NaN
      return value >= minimum && value <= maximum
        ? { value }
        : { wrong: `it must be a whole number from ${minimum} to ${maximum}` }
    },
  }
}

function url(
  name: string,
  meaning: string,
  protocols: string[],
  usual: string,
): Variable<string | null> {
  const shapes = protocols.map((protocol) => `${protocol}//…`).join(' or ')
  return {
    name,
    meaning,
    usual,
    fallback: null,
    remedy: `Write an address beginning with ${shapes}, or leave it out.`,
    parse(written) {
      const parsed = URL.parse(written)
      if (parsed === null) return { wrong: 'that is no address' }
      return protocols.includes(parsed.protocol)
        ? { value: written.replace(/\/$/, '') }
        : { wrong: `its scheme is ${parsed.protocol}//` }
    },
  }
}

function choice<const Choice extends string>(
  name: string,
  meaning: string,
  choices: Choice[],
  fallback: NoInfer<Choice>,
): Variable<Choice> {
  return {
    name,
    meaning: `${meaning} One of ${choices.join(', ')}.`,
    usual: fallback,
    fallback,
    remedy: `Write one of ${choices.join(', ')}, or leave it out for ${fallback}.`,
    parse(written) {
      const value = choices.find((known) => known === written.toLowerCase())
      return value === undefined ? { wrong: 'that is not one of the choices' } : { value }
    },
  }
}

function flag(name: string, meaning: string, fallback: boolean): Variable<boolean> {
  return {
    name,
    meaning: `${meaning} on or off.`,
    usual: fallback ? 'on' : 'off',
    fallback,
    remedy: 'Write on or off.',
    parse(written) {
      if (['on', 'true', '1', 'yes'].includes(written.toLowerCase())) return { value: true }
      if (['off', 'false', '0', 'no'].includes(written.toLowerCase())) return { value: false }
      return { wrong: 'that is neither on nor off' }
    },
  }
}
