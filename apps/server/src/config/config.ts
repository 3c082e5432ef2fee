/** The one place that reads the environment; everything else gets a checked `Config`. */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { type LogLevel, type Role, type Variable, variables } from './variables.ts'

export type Limits = {
  /** Requests of one address in five minutes, configuration calls. */
  configPerAddress: number
  /** Requests of one organization in a second, configuration calls. */
  configPerOrganization: number
  ingestPerAddress: number
  ingestPerOrganization: number
  /** Data explorer: sustained a second, and burst. */
  explorerPerSecond: number
  explorerBurst: number
  /** Requests, and usage queries among them, that are being answered at one time. */
  requestsAtOnce: number
  queriesAtOnce: number
  /** A body of this many bytes or more is refused. */
  bodyBytes: number
}

export type Config = {
  port: number
  host: string
  dataDir: string
  baseUrl: string
  databaseUrl: string | null
  clickhouseUrl: string | null
  roles: Role[]
  smtpUrl: string | null
  mailFrom: string
  logLevel: LogLevel
  seed: 'demo' | 'none'
  trustProxy: boolean
  rateLimits: boolean
  limits: Limits
}

export class ConfigError extends Error {}

/** Reads and checks every variable; throws one `ConfigError` that names all that are wrong. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const problems: string[] = []
  const read = <Value>(variable: Variable<Value>): Value => {
    const text = environment[variable.name]?.trim()
    if (text === undefined || text === '') return variable.fallback
    const outcome = variable.parse(text)
    if ('value' in outcome) return outcome.value
    problems.push(`${variable.name} is "${text}", but ${outcome.wrong}. ${variable.remedy}`)
    return variable.fallback
  }

  const port = read(variables.port)
  const config: Config = {
    port,
    host: read(variables.host),
    dataDir: resolve(read(variables.dataDir).replace(/^~(?=\/|$)/, homedir())),
    baseUrl: read(variables.baseUrl) ?? `http://localhost:${port}`,
    databaseUrl: read(variables.databaseUrl),
    clickhouseUrl: read(variables.clickhouseUrl),
    roles: read(variables.roles),
    smtpUrl: read(variables.smtpUrl),
    mailFrom: read(variables.mailFrom),
    logLevel: read(variables.logLevel),
    seed: read(variables.seed),
    trustProxy: read(variables.trustProxy),
    rateLimits: read(variables.rateLimits),
    limits: {
      configPerAddress: read(variables.limitConfigPerAddress),
      configPerOrganization: read(variables.limitConfigPerOrganization),
      ingestPerAddress: read(variables.limitIngestPerAddress),
      ingestPerOrganization: read(variables.limitIngestPerOrganization),
      explorerPerSecond: read(variables.limitExplorerPerSecond),
      explorerBurst: read(variables.limitExplorerBurst),
      requestsAtOnce: read(variables.limitRequestsAtOnce),
      queriesAtOnce: read(variables.limitQueriesAtOnce),
      bodyBytes: read(variables.limitBodyBytes),
    },
  }
  if (problems.length > 0) throw new ConfigError(problems.join('\n'))
  return config
}

/** Folders inside the data directory; nothing else writes there. */
export function dataFolders(config: Pick<Config, 'dataDir'>) {
  return {
    postgres: join(config.dataDir, 'postgres'),
    events: join(config.dataDir, 'events'),
    files: join(config.dataDir, 'files'),
  }
}
