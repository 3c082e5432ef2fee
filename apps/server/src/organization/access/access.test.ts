import { personAt } from '@countinghouse/tests/support/person.ts'
import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeOrganizationStatus } from '../organization/service.ts'
import { addMember, createUser } from '../user/service.ts'
import { setOperator } from '../user/store.ts'
import { accessOf } from './cache.ts'

const START = '2024-06-01T00:00:00Z'
const PASSWORD = 'three herons over water'
const NOBODY = '00000000-0000-4000-8000-000000000000'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ now: START })
})
afterAll(() => server.close())

type Key = { accessKeyId: string; apiSecret: string; orgId: string }

/** A service user with a policy of its own statements, and its first key. */
async function program(
  organization: TestOrganization,
  statements: { effect: string; action: string[]; resource: string[] }[],
) {
  const user = await organization.must.post('/serviceusers', { name: 'Program' })
  const key: Key = await organization.must.post(`/serviceusers/${user.id}/accesskeys`, {})
  if (statements.length > 0) {
    const policy = await organization.must.post('/permissionpolicies', {
      name: 'Of the program',
      permissionPolicy: statements,
    })
    await organization.must.post(`/permissionpolicies/${policy.id}/addtoserviceuser`, {
      principalId: user.id,
    })
  }
  return { user, key, as: as(await tokenFor(key)) }
}

const basic = ({ accessKeyId, apiSecret }: Key) =>
  `Basic ${Buffer.from(`${accessKeyId}:${apiSecret}`).toString('base64')}`

async function tokenFor(key: Key): Promise<string> {
  const answer = await server.call('POST', '/oauth/token', {
    body: { grant_type: 'client_credentials' },
    headers: { authorization: basic(key) },
  })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body.access_token
}

function as(token: string) {
  const headers = { authorization: `Bearer ${token}` }
  return {
    get: (path: string) => server.call('GET', path, { headers }),
    post: (path: string, body: unknown) => server.call('POST', path, { headers, body }),
    put: (path: string, body: unknown) => server.call('PUT', path, { headers, body }),
  }
}

let serial = 0
async function archive({ id }: TestOrganization): Promise<void> {
  const { database, clock } = server.context
  const scope = { organizationId: id, principalId: 'system', now: clock.now() }
  await database.transaction((writer) => changeOrganizationStatus(writer, scope, 'ARCHIVED'))
  accessOf(database).forget()
}

async function member(organization: TestOrganization, policy: string | null = null) {
  serial += 1
  const email = `member${serial}@example.com`
  const person = { email, firstName: 'Mem', lastName: `Ber ${serial}`, password: PASSWORD }
  const id = await createUser(server.context, person, 'system')
  const scope = { organizationId: organization.id, principalId: 'system', now: server.clock.now() }
  await server.context.database.transaction((writer) => addMember(writer, scope, id, policy))
  const browser = personAt(server)
  await browser.call('POST', '/auth/sign-in/email', { body: { email, password: PASSWORD } })
  return { id, email, browser }
}

describe('tokens', () => {
  test('are given for a key, by form and by JSON, and live for five hours', async () => {
    const organization = await server.organization()
    const { key } = await program(organization, [])

    const form = await server.app.inject({
      method: 'POST',
      url: '/oauth/token',
      headers: { authorization: basic(key), 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'grant_type=client_credentials&scope=measurements%3Aupload',
    })
    const token = await tokenFor(key)
    const now = await as(token).get(`/organizations/${organization.id}/users/me`)
    server.clock.advance(18_000_000)
    const later = await as(token).get(`/organizations/${organization.id}/users/me`)

    expect(form.json()).toMatchObject({
      token_type: 'Bearer',
      expires_in: 18_000,
      scope: 'measurements:upload',
    })
    expect(now.body).toMatchObject({
      serviceUser: { name: 'Program' },
      organization: { orgId: organization.id },
    })
    expect(later).toMatchObject({ status: 403, body: { code: 'TOKEN_EXPIRED' } })
  })

  test.each([
    ['a wrong secret', 401, 'invalid_client', 'wrong', 'client_credentials'],
    ['another grant', 400, 'unsupported_grant_type', null, 'password'],
  ])('are refused for %s', async (_name, status, code, secret, grant_type) => {
    const organization = await server.organization()
    const { key } = await program(organization, [])
    const used = { ...key, apiSecret: secret ?? key.apiSecret }

    const answer = await server.call('POST', '/oauth/token', {
      body: { grant_type },
      headers: { authorization: basic(used) },
    })

    expect(answer).toMatchObject({ status, body: { error: code, code } })
  })

  test.each([
    ['no token', {}],
    ['an unreadable one', { authorization: 'Bearer nonsense' }],
    ['another scheme', { authorization: 'Basic abc' }],
  ])('are asked for: %s is 401', async (_name, headers: Record<string, string>) => {
    const organization = await server.organization()

    const answer = await server.call('GET', `/organizations/${organization.id}/users/me`, {
      headers,
    })

    expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } })
  })

  test('stop at once with their key, and the key gets no more', async () => {
    const organization = await server.organization()
    const { user, key, as: caller } = await program(organization, [])
    const path = `/organizations/${organization.id}/users/me`
    const before = await caller.get(path)

    await organization.must.put(`/serviceusers/${user.id}/accesskeys/${key.accessKeyId}`, {
      status: 'INACTIVE',
    })
    const after = await caller.get(path)
    const renewed = await server.call('POST', '/oauth/token', {
      body: { grant_type: 'client_credentials' },
      headers: { authorization: basic(key) },
    })

    expect([before.status, after.status, renewed.status]).toEqual([200, 401, 401])
  })

  test('can be checked with the public keys, which hold nothing secret', async () => {
    const { body } = await server.call('GET', '/.well-known/jwks.json')

    expect(body.keys[0]).toMatchObject({ kty: 'OKP', alg: 'EdDSA', use: 'sig' })
    expect(JSON.stringify(body)).not.toContain('"d"')
  })
})

describe('access keys', () => {
  test('show their secret once, and are five at most', async () => {
    const organization = await server.organization()
    const { user, key } = await program(organization, [])
    const path = `/serviceusers/${user.id}/accesskeys`
    for (let count = 1; count < 5; count += 1) await organization.must.post(path, {})

    const sixth = await organization.post(path, {})
    const listed = await organization.must.get(path)
    await organization.must.delete(`${path}/${key.accessKeyId}`)

    expect(key).toMatchObject({
      orgId: organization.id,
      apiSecret: expect.stringMatching(/^\w{40,}$/),
    })
    expect(sixth).toMatchObject({ status: 400, body: { code: 'TOO_MANY_KEYS' } })
    expect(listed.data).toHaveLength(5)
    expect(JSON.stringify(listed)).not.toContain(key.apiSecret)
    expect((await organization.must.get(`/serviceusers/${user.id}`)).activeAccessKeys).toBe(4)
  })

  test('that have expired get no token, and the tokens they got stop working', async () => {
    const organization = await server.organization()
    const { user } = await program(organization, [])
    const inAnHour = new Date(server.clock.now() + 3_600_000).toISOString()
    const key: Key = await organization.must.post(`/serviceusers/${user.id}/accesskeys`, {
      dtExpires: inAnHour,
    })
    const holder = as(await tokenFor(key))
    const path = `/organizations/${organization.id}/picklists/creditreasons`
    const before = await holder.get(path)

    server.clock.advance(3_600_001)
    const answer = await server.call('POST', '/oauth/token', {
      body: { grant_type: 'client_credentials' },
      headers: { authorization: basic(key) },
    })
    const after = await holder.get(path)

    expect(answer.status).toBe(401)
    // 403: known, without rights. 401: known no more.
    expect([before.status, after.status]).toEqual([403, 401])
  })
})

describe('rights', () => {
  const read = { effect: 'allow', action: ['config:retrieve'], resource: ['*'] }

  test('are needed, and the refusal names the missing one', async () => {
    const organization = await server.organization()
    const { as: caller } = await program(organization, [read])
    const path = `/organizations/${organization.id}/picklists/creditreasons`

    const listed = await caller.get(path)
    const created = await caller.post(path, { name: 'Not mine' })

    expect(listed.status).toBe(200)
    expect(created).toMatchObject({ status: 403, body: { code: 'MISSING_RIGHT' } })
    expect(created.body.message).toContain('config:create on config:creditReason')
  })

  test('a deny wins over everything, for single items too', async () => {
    const organization = await server.organization()
    const path = '/picklists/creditreasons'
    const shown = await organization.must.post(path, { name: 'Shown' })
    const hidden = await organization.must.post(path, { name: 'Hidden' })
    const { as: caller } = await program(organization, [
      { effect: 'ALLOW', action: ['ALL'], resource: ['*'] },
      { effect: 'deny', action: ['*'], resource: [`config:creditReason/item/${hidden.id}`] },
    ])
    const whole = `/organizations/${organization.id}${path}`

    const list = await caller.get(whole)

    expect(list.body.data.map(({ id }: { id: string }) => id)).toEqual([shown.id])
    expect((await caller.get(`${whole}/${hidden.id}`)).status).toBe(403)
    expect((await caller.get(`${whole}/${shown.id}`)).status).toBe(200)
  })

  test('on single items show these in lists, and nothing else', async () => {
    const organization = await server.organization()
    const path = '/picklists/creditreasons'
    const mine = await organization.must.post(path, { name: 'Mine' })
    await organization.must.post(path, { name: 'Not mine' })
    const { as: caller } = await program(organization, [
      {
        effect: 'allow',
        action: ['config:retrieve'],
        resource: [`config:creditReason/item/${mine.id}`],
      },
    ])
    const whole = `/organizations/${organization.id}`

    const list = await caller.get(`${whole}${path}`)
    const other = await caller.get(`${whole}/picklists/debitreasons`)

    expect(list.body.data.map(({ id }: { id: string }) => id)).toEqual([mine.id])
    expect(other.status).toBe(403)
  })

  test('change with the policy, at the next call', async () => {
    const organization = await server.organization()
    const { user, as: caller } = await program(organization, [read])
    const path = `/organizations/${organization.id}/picklists/creditreasons`
    const [policy] = (await organization.must.get(`/serviceusers/${user.id}/permissions`)).data

    await organization.must.put(`/permissionpolicies/${policy.id}`, {
      name: policy.name,
      permissionPolicy: [{ effect: 'allow', action: ['config:create'], resource: ['*'] }],
      version: policy.version,
    })

    expect((await caller.get(path)).status).toBe(403)
    expect((await caller.post(path, { name: 'Now mine' })).status).toBe(200)
  })

  test('of nobody is nothing, but everybody may know who they are', async () => {
    const organization = await server.organization()
    const { as: caller } = await program(organization, [])

    expect((await caller.get(`/organizations/${organization.id}/picklists/currency`)).status).toBe(
      403,
    )
    expect((await caller.get(`/organizations/${organization.id}/users/me`)).status).toBe(200)
    expect(
      (await caller.get(`/organizations/${organization.id}/console/permissions`)).body,
    ).toEqual({ data: [] })
  })
})

describe('permission policies', () => {
  test('come with the managed ones, which nobody changes', async () => {
    const organization = await server.organization()
    const { data } = await organization.must.get('/permissionpolicies')
    const administrator = data.find(({ name }: { name: string }) => name === 'Administrator')
    const change = { name: 'Mine', permissionPolicy: administrator.permissionPolicy, version: 1 }

    const changed = await organization.put(`/permissionpolicies/${administrator.id}`, change)
    const deleted = await organization.delete(`/permissionpolicies/${administrator.id}`)

    expect(data.map(({ name }: { name: string }) => name).sort()).toEqual([
      'Administrator',
      'Billing operator',
      'Ingest',
      'Pricing manager',
      'ReadOnly',
      'Support',
    ])
    expect(data.every(({ managedPolicy }: { managedPolicy: boolean }) => managedPolicy)).toBe(true)
    expect(changed).toMatchObject({ status: 400, body: { code: 'MANAGED_POLICY' } })
    expect(deleted).toMatchObject({ status: 400, body: { code: 'MANAGED_POLICY' } })
  })

  test('that are held say by whom instead of going', async () => {
    const organization = await server.organization()
    const { user } = await program(organization, [
      { effect: 'allow', action: ['*'], resource: ['*'] },
    ])
    const [policy] = (await organization.must.get(`/serviceusers/${user.id}/permissions`)).data

    const refused = await organization.delete(`/permissionpolicies/${policy.id}`)
    const holders = await organization.must.get(`/permissionpolicies/${policy.id}/holders`)
    await organization.must.post(`/permissionpolicies/${policy.id}/removefromserviceuser`, {
      principalId: user.id,
    })
    const deleted = await organization.delete(`/permissionpolicies/${policy.id}`)

    expect(refused.body.message).toContain('Program')
    expect(holders.data).toEqual([
      { principalId: user.id, principalType: 'SERVICEUSER', name: 'Program' },
    ])
    expect(deleted.status).toBe(200)
  })

  test('refuse every word they do not know, at once', async () => {
    const organization = await server.organization()

    const answer = await organization.post('/permissionpolicies', {
      name: 'Wrong',
      permissionPolicy: [
        { effect: 'perhaps', action: ['config:invent'], resource: ['config:dragon/*'] },
      ],
    })

    expect(answer.body.errors.map(({ field }: { field: string }) => field)).toEqual([
      'permissionPolicy[0].effect',
      'permissionPolicy[0].action[0]',
      'permissionPolicy[0].resource[0]',
    ])
  })

  test('are not given to somebody who is not there', async () => {
    const organization = await server.organization()
    const [policy] = (await organization.must.get('/permissionpolicies')).data

    const answer = await organization.post(`/permissionpolicies/${policy.id}/addtouser`, {
      principalId: NOBODY,
    })

    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'principalId' }] } })
  })
})

describe('users', () => {
  test('are listed and read with their membership, and hold policies', async () => {
    const organization = await server.organization()
    const { id, email } = await member(organization, 'ADMINISTRATOR')

    const list = await organization.must.get(`/users?ids=${id},${NOBODY}`)
    const policies = await organization.must.get(`/users/${id}/permissions`)

    expect(list.data).toEqual([
      expect.objectContaining({
        id,
        email,
        status: 'ACTIVE',
        organizations: [organization.id],
        version: 1,
      }),
    ])
    expect(policies.data.map(({ name }: { name: string }) => name)).toEqual(['Administrator'])
  })

  test('lose access at once when they are deactivated, and get it back', async () => {
    const organization = await server.organization()
    await member(organization, 'ADMINISTRATOR')
    const { id, browser } = await member(organization, 'READ_ONLY')
    const path = `/organizations/${organization.id}/picklists/currency`
    const statusOf = async () => (await browser.call('GET', path)).status

    const before = await statusOf()
    await organization.must.put(`/users/${id}/status`, { status: 'INACTIVE', version: 1 })
    const during = await statusOf()
    await organization.must.put(`/users/${id}/status`, { status: 'ACTIVE', version: 2 })

    expect([before, during, await statusOf()]).toEqual([200, 403, 200])
  })

  test('lose access when its end has come', async () => {
    const organization = await server.organization()
    await member(organization, 'ADMINISTRATOR')
    const { id, browser } = await member(organization, 'READ_ONLY')
    const tomorrow = new Date(server.clock.now() + 86_400_000).toISOString()
    await organization.must.put(`/users/${id}`, {
      version: 1,
      permissionPolicy: [],
      dtEndAccess: tomorrow,
    })
    const path = `/organizations/${organization.id}/picklists/currency`

    const today = await browser.call('GET', path)
    server.clock.advance(86_400_000)
    const after = await browser.call('GET', path)

    expect([today.status, after.status]).toEqual([200, 403])
  })

  test('may have statements of their own', async () => {
    const organization = await server.organization()
    const { id, browser } = await member(organization)
    const path = `/organizations/${organization.id}/picklists/currency`
    const before = await browser.call('GET', path)

    await organization.must.put(`/users/${id}`, {
      version: 1,
      permissionPolicy: [
        { effect: 'ALLOW', action: ['CONFIG_RETRIEVE'], resource: ['config:currency'] },
      ],
    })

    expect(before.status).toBe(403)
    expect((await browser.call('GET', path)).status).toBe(200)
  })

  test('always include an active Administrator', async () => {
    const organization = await server.organization()
    const { id } = await member(organization, 'ADMINISTRATOR')
    const [policy] = (await organization.must.get(`/users/${id}/permissions`)).data

    const answers = [
      await organization.put(`/users/${id}/status`, { status: 'INACTIVE', version: 1 }),
      await organization.put(`/users/${id}`, { version: 1, dtEndAccess: START }),
      await organization.post(`/permissionpolicies/${policy.id}/removefromuser`, {
        principalId: id,
      }),
    ]

    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 400, body: { code: 'LAST_ADMINISTRATOR' } })
    }
  })

  test('cannot shut themselves out', async () => {
    const organization = await server.organization()
    await member(organization, 'ADMINISTRATOR')
    const { id, browser } = await member(organization, 'ADMINISTRATOR')

    const answer = await browser.call(
      'PUT',
      `/organizations/${organization.id}/users/${id}/status`,
      {
        body: { status: 'INACTIVE', version: 1 },
      },
    )

    expect(answer).toMatchObject({ status: 400, body: { code: 'NOT_ONESELF' } })
  })

  test('cannot enter an archived organization, and do not find it among theirs', async () => {
    const organization = await server.organization()
    const { browser } = await member(organization, 'ADMINISTRATOR')
    const { id } = await organization.must.post('/products', { name: 'Tokens', code: 'tokens' })
    await archive(organization)

    const own = await browser.call('GET', '/console/organizations')
    const read = await browser.call('GET', `/organizations/${organization.id}/products/${id}`)

    expect(own.body.data).toEqual([])
    expect(read).toMatchObject({ status: 403, body: { code: 'ORGANIZATION_ARCHIVED' } })
  })

  test('who operate the instance can read an archived organization, and change nothing in it', async () => {
    const organization = await server.organization()
    const { id: userId, browser } = await member(organization, 'ADMINISTRATOR')
    const base = `/organizations/${organization.id}`
    const product = { name: 'Tokens', code: 'tokens' }
    const { id } = await organization.must.post('/products', product)
    await server.context.database.transaction((writer) => setOperator(writer, userId, true))
    await archive(organization)

    const own = await browser.call('GET', '/console/organizations')
    const read = await browser.call('GET', `${base}/products/${id}`)
    const asked = await browser.call('POST', `${base}/usage/query`, { body: {} })
    const changes = [
      await browser.call('POST', `${base}/products`, { body: { ...product, code: 'more' } }),
      await browser.call('PUT', `${base}/products/${id}`, { body: { ...product, version: 1 } }),
      await browser.call('DELETE', `${base}/products/${id}`),
      await browser.call('POST', `${base}/measurements`, { body: { measurements: [] } }),
    ]

    expect(own.body.data).toEqual([expect.objectContaining({ status: 'ARCHIVED' })])
    expect(read.body).toMatchObject(product)
    expect(asked.body.code).not.toBe('ORGANIZATION_ARCHIVED')
    for (const change of changes) {
      expect(change).toMatchObject({ status: 403, body: { code: 'ORGANIZATION_ARCHIVED' } })
    }
  })

  test('who operate the instance enter no organization that they are not in', async () => {
    const theirs = await server.organization()
    const { id, browser } = await member(await server.organization(), 'ADMINISTRATOR')
    await server.context.database.transaction((writer) => setOperator(writer, id, true))
    await archive(theirs)

    const answer = await browser.call('GET', `/organizations/${theirs.id}/products`)

    expect(answer).toMatchObject({ status: 403, body: { code: 'ORGANIZATION_FORBIDDEN' } })
  })

  test('of one organization never see another', async () => {
    const ours = await server.organization()
    const theirs = await server.organization()
    const { id, browser } = await member(ours, 'ADMINISTRATOR')

    expect((await browser.call('GET', `/organizations/${theirs.id}/users`)).status).toBe(403)
    expect((await theirs.get(`/users/${id}`)).status).toBe(404)
    expect((await theirs.must.get(`/console/principals?ids=${id}`)).data).toEqual([])
    expect((await browser.call('GET', '/console/organizations')).body.data).toHaveLength(1)
  })
})
