import { type Person, personAt } from '@countinghouse/tests/support/person.ts'
import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, createUser } from '../user/service.ts'

const PASSWORD = 'three herons over water'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ now: '2024-06-01T00:00:00Z' })
})
afterAll(() => server.close())

let serial = 0
async function memberOf(...organizations: TestOrganization[]): Promise<Person & { id: string }> {
  serial += 1
  const email = `console${serial}@example.com`
  const person = { email, firstName: 'Con', lastName: `Sole ${serial}`, password: PASSWORD }
  const id = await createUser(server.context, person, 'system')
  for (const { id: organizationId } of organizations) {
    const scope = { organizationId, principalId: 'system', now: server.clock.now() }
    await server.context.database.transaction((writer) => addMember(writer, scope, id))
  }
  const browser = personAt(server)
  await browser.call('POST', '/auth/sign-in/email', { body: { email, password: PASSWORD } })
  return { ...browser, id }
}

describe('the signed-in person', () => {
  test('changes name, number and preferences, and leaves the rest', async () => {
    const person = await memberOf(await server.organization())

    await person.call('PUT', '/console/me', { body: { preferences: { theme: 'DARK' } } })
    const changed = await person.call('PUT', '/console/me', {
      body: { firstName: 'Ada', contactNumber: '+44 1', preferences: { isNavCollapsed: true } },
    })

    expect(changed.body).toMatchObject({
      firstName: 'Ada',
      lastName: expect.stringContaining('Sole'),
      contactNumber: '+44 1',
      preferences: { theme: 'DARK', isNavCollapsed: true },
    })
    expect((await person.call('GET', '/console/me')).body).toEqual(changed.body)
  })

  test('is nobody without a session, and no program', async () => {
    const organization = await server.organization()

    const anonymous = await server.call('GET', '/console/me')
    const program = await server.call('GET', '/console/me', {
      headers: { authorization: `Bearer ${await organization.token()}` },
    })

    expect(anonymous.status).toBe(401)
    expect(program).toMatchObject({ status: 403, body: { code: 'NOT_A_PERSON' } })
  })

  test('finds the organization entered last marked', async () => {
    const [one, two] = [
      await server.organization({ name: 'One' }),
      await server.organization({ name: 'Two' }),
    ]
    const person = await memberOf(one, two)
    await person.call('PUT', `/organizations/${one.id}/console/opened`)
    server.clock.advance(1000)
    await person.call('PUT', `/organizations/${two.id}/console/opened`)

    const { body } = await person.call('GET', '/console/organizations')

    expect(body.data).toEqual([
      expect.objectContaining({ id: one.id, name: 'One', type: 'PRODUCTION', lastAccessed: false }),
      expect.objectContaining({
        id: two.id,
        lastAccessed: true,
        dtLastAccessed: expect.any(String),
      }),
    ])
  })

  test('dismisses the checklist in one organization only', async () => {
    const [one, two] = [await server.organization(), await server.organization()]
    const person = await memberOf(one, two)

    await person.call('PUT', `/organizations/${one.id}/console/checklist`, {
      body: { isDismissed: true },
    })

    expect((await person.call('GET', `/organizations/${one.id}/console/checklist`)).body).toEqual({
      isDismissed: true,
    })
    expect((await person.call('GET', `/organizations/${two.id}/console/checklist`)).body).toEqual({
      isDismissed: false,
    })
  })
})

describe('names behind ids', () => {
  test('are those of members, programs and the system', async () => {
    const organization = await server.organization()
    const { id } = await memberOf(organization)
    const program = await organization.must.post('/serviceusers', { name: 'Exporter' })

    const { data } = await organization.must.get(
      `/console/principals?ids=${id},${program.id},system,unknown`,
    )

    expect(data).toEqual([
      { id: 'system', name: 'System', kind: 'SYSTEM' },
      expect.objectContaining({ id, kind: 'USER' }),
      { id: program.id, name: 'Exporter', kind: 'SERVICE_USER' },
    ])
  })
})

describe('those who can give rights', () => {
  test('are named to any member, whoever is active and Administrator', async () => {
    const organization = await server.organization()
    const [first, asking, second, gone] = [
      await memberOf(organization),
      await memberOf(organization),
      await memberOf(organization),
      await memberOf(organization),
    ]
    const { data: policies } = await organization.must.get('/permissionpolicies')
    const { id } = policies.find(({ name }: { name: string }) => name === 'Administrator')
    await organization.must.post(`/permissionpolicies/${id}/removefromuser`, {
      principalId: asking.id,
    })
    await organization.must.put(`/users/${gone.id}/status`, { status: 'INACTIVE', version: 1 })

    const { body } = await asking.call(
      'GET',
      `/organizations/${organization.id}/console/administrators`,
    )

    expect(body.data.map((each: { id: string }) => each.id)).toEqual([first.id, second.id])
    expect(body.data[0].name).toMatch(/^Con Sole/)
  })
})

describe('recent accounts', () => {
  test('are the ten visited last, deleted ones left out', async () => {
    const organization = await server.organization()
    const person = await memberOf(organization)
    const base = `/organizations/${organization.id}`
    const ids: string[] = []
    for (let number = 1; number <= 12; number += 1) {
      const account = await organization.must.post('/accounts', {
        name: `Account ${number}`,
        code: `account-${number}`,
        emailAddress: 'a@example.com',
      })
      ids.push(account.id)
      server.clock.advance(1000)
      await person.call('PUT', `${base}/console/recentaccounts/${account.id}`)
    }
    await organization.must.delete(`/accounts/${ids[11]}`)

    const { body } = await person.call('GET', `${base}/console/recentaccounts`)

    expect(body.data.map(({ code }: { code: string }) => code)).toEqual(
      [11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((number) => `account-${number}`),
    )
    expect((await organization.must.get('/console/recentaccounts')).data).toEqual([])
  })
})
