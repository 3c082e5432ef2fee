/** A running instance with its Console, as a person meets it. */
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  runAdmin,
  type ServerProcess,
  startServerProcess,
  temporaryDataDir,
} from '../support/server-process.ts'

export type Instance = {
  url: string
  /** The link that the first start prints. */
  setupLink: string
  /** The admin command, answering what it prints. */
  admin(...words: string[]): Promise<Record<string, string>>
  /** What the server has printed, to explain a failure. */
  output(): string
  close(): Promise<void>
}

const built = join(import.meta.dirname, '../../apps/console/dist/index.html')

export async function startInstance(): Promise<Instance> {
  if (!existsSync(built)) throw new Error('The Console is not built yet: run npm test -- browser.')
  const data = await temporaryDataDir()
  const server = await startServerProcess({ dataDir: data.path })
  const setupLink = await printedLink(server)
  return {
    url: new URL(setupLink).origin,
    setupLink,
    async admin(...words) {
      const { code, output } = await runAdmin(words, {
        dataDir: data.path,
        environment: { BASE_URL: server.url },
      })
      if (code !== 0) throw new Error(`admin ${words.join(' ')}: ${output}`)
      return JSON.parse(output)
    },
    output: server.output,
    async close() {
      await server.end()
      await data.remove()
    },
  }
}

async function printedLink(server: ServerProcess): Promise<string> {
  const link = /https?:\S+\/setup\/\S+/
  let found = link.exec(server.output())
  while (found === null && server.child.stdout !== null) {
    await once(server.child.stdout, 'data')
    found = link.exec(server.output())
  }
  return found?.[0] ?? ''
}
