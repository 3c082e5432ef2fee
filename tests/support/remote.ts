/** The calls of tests over the network, to a server in a process of its own. */
import { type Answer, clientOf, type TestOrganization, type TestServer } from './server.ts'

export type Key = { serviceUserId: string; accessKeyId: string; apiSecret: string }

/** `urlOf` is asked before each call: where the server is, or which of several answers this one. */
export function callRemote(urlOf: (method: string, path: string) => string): TestServer['call'] {
  return async (method, path, { body, headers = {} } = {}): Promise<Answer> => {
    const response = await fetch(`${urlOf(method, path)}${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      body: text === '' ? {} : JSON.parse(text),
      headers: Object.fromEntries(response.headers),
    }
  }
}

export async function tokenFor(
  call: TestServer['call'],
  { accessKeyId, apiSecret }: Omit<Key, 'serviceUserId'>,
): Promise<string> {
  const { status, body } = await call('POST', '/oauth/token', {
    body: { grant_type: 'client_credentials' },
    headers: { authorization: `Basic ${btoa(`${accessKeyId}:${apiSecret}`)}` },
  })
  if (status !== 200) throw new Error(`no token: ${JSON.stringify(body)}`)
  return body.access_token
}

/** As a test server in this process gives them; the token is that of one moment. */
export async function remoteOrganization(
  call: TestServer['call'],
  id: string,
  key: Key,
): Promise<TestOrganization> {
  const token = await tokenFor(call, key)
  const { serviceUserId } = key
  const identity = { id, number: 0, serviceUserId, accessKey: key, token: async () => token }
  return clientOf(identity, call)
}
