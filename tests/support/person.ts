/** A person at a browser: keeps the session cookie and sends what our own pages send. */
import type { Answer, CallOptions, Method, TestServer } from './server.ts'

export type Person = {
  call(method: Method, path: string, options?: CallOptions): Promise<Answer>
  /** The cookies as the browser would send them. */
  cookies(): string
}

export function personAt(server: TestServer): Person {
  const jar = new Map<string, string>()
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  return {
    cookies,
    async call(method, path, { body, headers = {} } = {}) {
      const answer = await server.call(method, path, {
        ...(body === undefined ? {} : { body }),
        headers: {
          'x-countinghouse': 'console',
          ...(jar.size > 0 && { cookie: cookies() }),
          ...headers,
        },
      })
      for (const line of [answer.headers['set-cookie'] ?? []].flat() as string[]) {
        const [pair = ''] = line.split(';')
        const [name = '', ...value] = pair.split('=')
        if (/max-age=0/i.test(line)) jar.delete(name)
        else jar.set(name, value.join('='))
      }
      return answer
    },
  }
}
