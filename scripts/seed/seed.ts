/** `npm run seed`: fills an organization of a running server with a demo of the size asked for. */
import { parseArgs } from 'node:util'
import { ApiError, clientOf, type Pace, type Target } from './client.ts'
import { sendWorld, type Watcher } from './send.ts'
import { DEMO_DEFAULTS, type WorldOptions, worldOf } from './world/world.ts'

const HELP = `Fills an organization with a demo: prices, customers, their use, and bills.

  npm run seed -- --url http://localhost:4000 --organization ID --key ID --secret SECRET

Where to (or in the environment):
  --url             address of the running server       M3TER_BASE_URL  http://localhost:4000
  --organization    id of the organization to fill      M3TER_ORG_ID
  --key, --secret   access key of a service user with   M3TER_API_KEY, M3TER_API_SECRET
                    the right to create everything
                    npm run admin -- --help says how to make organization and key

How much:
  --accounts N      customers                           ${DEMO_DEFAULTS.accounts}
  --months N        months up to today, from 3 on       ${DEMO_DEFAULTS.months}
  --measurements N  about how many                      ${DEMO_DEFAULTS.measurements}
  --seed TEXT       another text makes other figures    ${DEMO_DEFAULTS.seed}
  --now INSTANT     the day that the demo leads up to   the present

  --after-packs N   the first N thousand measurements are in already
  --gently          stays well below the server's limits, so that people can work meanwhile

Run again with the same options, and the same --now, it completes what is missing.`

/** Half of what an organization may do in a second is left to people. */
const GENTLE: Pace = { configuration: 25, measurements: 40 }

class UsageError extends Error {}

// As a child of the server it ends with it.
process.on('disconnect', () => process.exit(1))

try {
  await main()
} catch (error) {
  if (!(error instanceof UsageError || error instanceof ApiError)) throw error
  console.error(`The demo could not be sent. ${error.message}`)
  process.exitCode = 1
}
process.channel?.unref()

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean' },
      url: { type: 'string' },
      organization: { type: 'string' },
      key: { type: 'string' },
      secret: { type: 'string' },
      accounts: { type: 'string' },
      months: { type: 'string' },
      measurements: { type: 'string' },
      seed: { type: 'string' },
      now: { type: 'string' },
      gently: { type: 'boolean' },
      'after-packs': { type: 'string' },
    },
  })
  if (values.help) return console.log(HELP)
  const world = worldOptions(values)
  const target = targetOf(values)
  const started = performance.now()
  const seconds = () => ((performance.now() - started) / 1000).toFixed(1)
  console.log(`Demo up to ${new Date(world.now).toISOString()}; repeat it with that as --now.`)
  const watcher: Watcher = {
    report: (line) => console.log(`${seconds().padStart(6)} s  ${line}`),
    // The server that started this process remembers it for the next start.
    reached: (packs) => process.send?.({ packs }),
  }
  const client = clientOf(target, values.gently ? GENTLE : undefined)
  const afterPacks = whole(values['after-packs'], 'after-packs', 0, 0)
  await sendWorld(client, worldOf(world), watcher, afterPacks)
}

type Values = Partial<
  Record<keyof WorldOptions | 'url' | 'organization' | 'key' | 'secret', string>
>

function targetOf({ url, organization, key, secret }: Values): Target {
  const from = (value: string | undefined, option: string, variable: string) => {
    const found = value ?? process.env[variable]
    if (found) return found
    throw new UsageError(`Say where to: --${option}, or ${variable}. --help explains it.`)
  }
  return {
    baseUrl: url ?? process.env.M3TER_BASE_URL ?? 'http://localhost:4000',
    organizationId: from(organization, 'organization', 'M3TER_ORG_ID'),
    accessKeyId: from(key, 'key', 'M3TER_API_KEY'),
    apiSecret: from(secret, 'secret', 'M3TER_API_SECRET'),
  }
}

function worldOptions(values: Values): WorldOptions {
  const now = values.now === undefined ? Date.now() : Date.parse(values.now)
  if (Number.isNaN(now))
    throw new UsageError('--now must be an instant such as 2026-11-22T12:00:00Z.')
  return {
    now,
    seed: values.seed ?? DEMO_DEFAULTS.seed,
    accounts: whole(values.accounts, 'accounts', 1, DEMO_DEFAULTS.accounts),
    months: whole(values.months, 'months', 3, DEMO_DEFAULTS.months),
    measurements: whole(values.measurements, 'measurements', 1000, DEMO_DEFAULTS.measurements),
  }
}

function whole(text: string | undefined, option: string, least: number, usual: number): number {
  if (text === undefined) return usual
  const value = Number(text)
  if (Number.isInteger(value) && value >= least) return value
  throw new UsageError(`--${option} must be a whole number from ${least} on, not "${text}".`)
}
