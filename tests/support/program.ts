/** Programs that may do less than everything: service users with a policy of their own. */
import type { Answer, CallOptions, Method, TestOrganization, TestServer } from './server.ts'

export type Statement = { effect: 'allow' | 'deny'; action: string[]; resource: string[] }

/** Calls in the name of somebody else in the organization. */
export type Program = {
  id: string
  token: string
  call(method: Method, path: string, options?: CallOptions): Promise<Answer>
  get(path: string): Promise<Answer>
}

/** With the statements, or with the managed policy of that name. */
export async function createProgram(
  server: TestServer,
  organization: TestOrganization,
  rights: Statement[] | string,
): Promise<Program> {
  const { must } = organization
  const { id } = await must.post('/serviceusers', { name: 'Program' })
  const policyId = await policyOf(organization, rights)
  if (policyId !== null) {
    await must.post(`/permissionpolicies/${policyId}/addtoserviceuser`, { principalId: id })
  }
  const key = await must.post(`/serviceusers/${id}/accesskeys`, {})
  const basic = Buffer.from(`${key.accessKeyId}:${key.apiSecret}`).toString('base64')
  const answer = await server.call('POST', '/oauth/token', {
    body: { grant_type: 'client_credentials' },
    headers: { authorization: `Basic ${basic}` },
  })
  const token: string = answer.body.access_token
  const call: Program['call'] = (method, path, options = {}) =>
    server.call(method, `/organizations/${organization.id}${path}`, {
      ...options,
      headers: { authorization: `Bearer ${token}`, ...options.headers },
    })
  return { id, token, call, get: (path) => call('GET', path) }
}

async function policyOf(
  { must }: TestOrganization,
  rights: Statement[] | string,
): Promise<string | null> {
  if (typeof rights === 'string') {
    const { data } = await must.get('/permissionpolicies')
    return data.find(({ name }: { name: string }) => name === rights).id
  }
  if (rights.length === 0) return null
  const policy = await must.post('/permissionpolicies', { name: 'Own', permissionPolicy: rights })
  return policy.id
}
