/**
 * Answers ClickHouse's HTTP protocol from chDB: queries, parameters, inserts, errors. It stands in
 * for a ClickHouse server, which cannot be had here, so that our HTTP side is tried for real.
 */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer, text } from 'node:stream/consumers'
import { embeddedConnections } from '@countinghouse/server/kit/clickhouse/open.ts'

export type ClickHouseHttp = { url: string; close(): Promise<void> }

/** What happens to a request on its way: cut, answered by a gateway, or held until told. */
export type Trouble = {
  /** Whether the statement is carried out all the same; a promise: only then. */
  isDone: boolean | Promise<void>
  answer: 'cut' | 'bad gateway' | { after: Promise<void> }
}

type Options = {
  port?: number
  /** Asked for each statement, in order; null lets it pass. */
  trouble?(statement: string): Trouble | null
}

export async function startClickHouseHttp(
  folder: string,
  { port: wanted = 0, trouble = () => null }: Options = {},
): Promise<ClickHouseHttp> {
  const connect = await embeddedConnections(folder)
  const client = connect()
  let last: Promise<unknown> = Promise.resolve()

  /** One after another: parameters are set on the one connection. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }

  async function statementOf(request: IncomingMessage): Promise<[string, URLSearchParams]> {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const type = request.headers['content-type'] ?? ''
    if (type.startsWith('multipart/form-data')) {
      const form = await new Response(await buffer(request), {
        headers: { 'content-type': type },
      }).formData()
      for (const [name, value] of form) searchParams.append(name, checkedField(String(value)))
      return [searchParams.get('query') ?? '', searchParams]
    }
    const body = await text(request)
    const inUrl = searchParams.get('query')
    return [inUrl === null ? body : `${inUrl}\n${body}`, searchParams]
  }

  function run(statement: string, searchParams: URLSearchParams): Promise<string> {
    return inTurn(async () => {
      for (const [name, value] of searchParams) {
        if (!name.startsWith('param_')) continue
        await client.command({ query: `set ${name} = '${value.replaceAll(/['\\]/g, '\\$&')}'` })
      }
      const answer = await client.exec({ query: statement })
      return text(answer.stream)
    })
  }

  async function reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [statement, parameters] = await statementOf(request)
    const met = trouble(statement)
    if (met?.isDone instanceof Promise) await met.isDone
    const answer = met?.isDone === false ? '' : await run(statement, parameters)
    if (met === null) response.end(answer)
    else if (met.answer === 'cut') request.socket.destroy()
    else if (met.answer === 'bad gateway') response.writeHead(502).end('Bad Gateway')
    else response.end(await met.answer.after.then(() => answer))
  }

  const server = createServer((request, response) => {
    if (request.url?.startsWith('/ping')) {
      response.end('Ok.\n')
      return
    }
    reply(request, response).catch((error: Error & { code?: string; type?: string }) => {
      response.writeHead(500, { 'x-clickhouse-exception-code': error.code ?? '0' })
      response.end(`Code: ${error.code}. DB::Exception: ${error.message}. (${error.type})`)
    })
  })
  server.listen(wanted, '127.0.0.1')
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

/** As the real one does, before it looks at any setting: `http_max_field_value_size`. */
function checkedField(value: string): string {
  if (Buffer.byteLength(value) <= 128 * 1024) return value
  throw Object.assign(new Error('HTML Form Exception: Field value too long'), {
    code: '1000',
    type: 'POCO_EXCEPTION',
  })
}
