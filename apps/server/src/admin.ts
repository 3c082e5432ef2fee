/**
 * `npm run admin -- …`: what an operator does from the command line. Prints JSON, so that a script
 * can start from nothing; works while the server runs and when it does not.
 */
import { parseArgs } from 'node:util'
import { type Command, commands, helpText, UsageError } from './admin/commands.ts'
import { openAdmin } from './admin/open.ts'
import { ConfigError, readConfig } from './config/config.ts'
import { DataFolderError } from './kit/data-folder/data-folder.ts'
import { DataFolderInUse } from './kit/data-folder/lock.ts'
import { RequestError } from './kit/errors.ts'
import { PostgresStartError } from './kit/postgres/start-error.ts'
import { platformTrouble } from './platform.ts'

/** Refusals that are sentences already; anything else keeps its stack. */
const EXPECTED = [
  ...[UsageError, ConfigError, RequestError],
  ...[DataFolderError, DataFolderInUse, PostgresStartError],
]

const trouble = platformTrouble(process)
if (trouble !== null) fail(trouble)
try {
  await run(process.argv.slice(2))
} catch (error) {
  if (EXPECTED.some((kind) => error instanceof kind)) fail((error as Error).message)
  throw error
}

async function run(words: string[]): Promise<void> {
  const [first] = words
  if (first === undefined || first === '--help' || first === 'help') {
    console.log(helpText())
    return
  }
  const command = commands.find(({ name }) => name.every((word, at) => words[at] === word))
  if (command === undefined) {
    throw new UsageError(`There is no command "${words.join(' ')}".\n\n${helpText()}`)
  }
  const options = readOptions(command, words.slice(command.name.length))
  const config = readConfig()
  console.log(JSON.stringify(await carryOut(command, options, config), null, 2))
}

async function carryOut(
  command: Command,
  options: Record<string, string>,
  config: ReturnType<typeof readConfig>,
): Promise<unknown> {
  if (command.kind === 'offline') return command.run(config, options)
  const { context, close } = await openAdmin(config)
  try {
    return await command.run(context, options)
  } finally {
    await close()
  }
}

function readOptions(command: Command, words: string[]): Record<string, string> {
  const names = Object.keys(command.options)
  try {
    const { values } = parseArgs({
      args: words,
      options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
      strict: true,
    })
    const missing = names.filter(
      (name) => command.options[name]?.isRequired === true && values[name] === undefined,
    )
    if (missing.length > 0) throw new UsageError(`--${missing.join(', --')} is missing`)
    return values as Record<string, string>
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(`${command.name.join(' ')}: ${reason}\n\n${helpText()}`)
  }
}

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}
