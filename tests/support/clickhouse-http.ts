/**
 * Answers ClickHouse's HTTP protocol from chDB: queries, parameters, inserts, errors. It stands in
 * for a ClickHouse server, which cannot be had here, so that our HTTP side is tried for real.
 */
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { embeddedConnections } from '@countinghouse/server/kit/clickhouse/open.ts'

export type ClickHouseHttp = { url: string; close(): Promise<void> }

export async function startClickHouseHttp(folder: string): Promise<ClickHouseHttp> {
  const connect = await embeddedConnections(folder)
  const client = connect()
  let last: Promise<unknown> = Promise.resolve()

  /** One after another: parameters are set on the one connection. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }

  async function run(request: IncomingMessage): Promise<string> {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const body = await text(request)
    const inUrl = searchParams.get('query')
    const statement = inUrl === null ? body : `${inUrl}\n${body}`
    return inTurn(async () => {
      for (const [name, value] of searchParams) {
        if (!name.startsWith('param_')) continue
        await client.command({ query: `set ${name} = '${value.replaceAll(/['\\]/g, '\\$&')}'` })
      }
      const answer = await client.exec({ query: statement })
      return text(answer.stream)
    })
  }

  const server = createServer((request, response) => {
    if (request.url?.startsWith('/ping')) {
      response.end('Ok.\n')
      return
    }
    run(request).then(
      (answer) => response.end(answer),
      (error: Error & { code?: string; type?: string }) => {
        response.writeHead(500, { 'x-clickhouse-exception-code': error.code ?? '0' })
        response.end(`Code: ${error.code}. DB::Exception: ${error.message}. (${error.type})`)
      },
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.close()
      server.closeAllConnections()
      await last
      await client.close()
    },
  }
}
