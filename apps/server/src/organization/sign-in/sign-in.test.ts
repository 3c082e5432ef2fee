import { type Person, personAt } from '@countinghouse/tests/support/person.ts'
import { startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, createUser } from '../user/service.ts'
import { createPasswordResetLink, createSetupLink, createSignInLink } from './link.ts'

const PASSWORD = 'three herons over water'
const ANOTHER = 'a lamp beside the harbour'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const tokenOf = (link: string) => link.split(/[/=]/).at(-1) ?? ''

let serial = 0
async function member(organizationId: string) {
  serial += 1
  const email = `person${serial}@example.com`
  const details = { email, firstName: 'Ada', lastName: `Number ${serial}`, password: PASSWORD }
  const id = await createUser(server.context, details, 'system')
  const scope = { organizationId, principalId: 'system', now: server.context.clock.now() }
  await server.context.database.transaction((writer) => addMember(writer, scope, id))
  return { id, email }
}

async function signedIn(email: string, password = PASSWORD): Promise<Person> {
  const person = personAt(server)
  const answer = await person.call('POST', '/auth/sign-in/email', { body: { email, password } })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return person
}

describe('the first start', () => {
  test('a one-time link makes the first administrator, who enters every organization', async () => {
    const organization = await server.organization({ name: 'Aurora' })
    const token = tokenOf(await createSetupLink(server.context))
    const person = personAt(server)
    const body = {
      token,
      email: 'first@example.com',
      firstName: 'Grace',
      lastName: 'First',
      password: PASSWORD,
    }

    const offered = await person.call('GET', `/auth/set-up/${token}`)
    const weak = await person.call('POST', '/auth/set-up', {
      body: { ...body, password: 'password1234' },
    })
    const done = await person.call('POST', '/auth/set-up', { body })
    const again = await person.call('POST', '/auth/set-up', {
      body: { ...body, email: 'b@example.com' },
    })
    const me = await person.call('GET', `/organizations/${organization.id}/users/me`)

    expect(offered.body.organizations).toContain('Aurora')
    expect(weak.body.errors).toEqual([expect.objectContaining({ field: 'password' })])
    expect(done).toMatchObject({ status: 200, body: { success: true } })
    expect(again).toMatchObject({ status: 400, body: { code: 'LINK_SPENT' } })
    expect(me.body.user).toMatchObject({ email: 'first@example.com', supportUser: true })
    expect(me.body.organization).toMatchObject({ organizationName: 'Aurora', status: 'ACTIVE' })
  })

  test('a sign-in link signs one person in, once', async () => {
    const organization = await server.organization()
    const { email, id } = await member(organization.id)
    const token = tokenOf(await createSignInLink(server.context, email))
    const person = personAt(server)

    const first = await person.call('POST', '/auth/sign-in/link', { body: { token } })
    const second = await personAt(server).call('POST', '/auth/sign-in/link', { body: { token } })

    expect(first.status).toBe(200)
    expect((await person.call('GET', '/console/me')).body).toMatchObject({ id, email })
    expect(second).toMatchObject({ status: 400, body: { code: 'LINK_SPENT' } })
  })
})

describe('signing in with a password', () => {
  test('gives a cookie that scripts cannot read, and no token in the body', async () => {
    const organization = await server.organization()
    const { email } = await member(organization.id)

    const answer = await personAt(server).call('POST', '/auth/sign-in/email', {
      body: { email: email.toUpperCase(), password: PASSWORD },
    })

    expect(answer.body).toEqual({ success: true })
    expect(String(answer.headers['set-cookie'])).toMatch(/HttpOnly/i)
    expect(String(answer.headers['set-cookie'])).toMatch(/SameSite=Lax/i)
  })

  test('answers the same for a wrong password and for somebody unknown', async () => {
    const organization = await server.organization()
    const { email } = await member(organization.id)
    const attempt = (body: object) => personAt(server).call('POST', '/auth/sign-in/email', { body })

    const wrong = await attempt({ email, password: 'not the password' })
    const unknown = await attempt({ email: 'nobody@example.com', password: 'not the password' })

    expect(wrong.status).toBe(401)
    expect(unknown.status).toBe(401)
    expect(wrong.body.message).toBe(unknown.body.message)
  })

  test('slows down guessing and raises an alert', async () => {
    const organization = await server.organization()
    const { email } = await member(organization.id)
    const guess = () =>
      personAt(server).call('POST', '/auth/sign-in/email', { body: { email, password: 'a guess' } })

    for (let count = 0; count < 10; count += 1) expect((await guess()).status).toBe(401)
    const refused = await guess()

    expect(refused.status).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  })
})

describe('a session', () => {
  test('ends with log out', async () => {
    const organization = await server.organization()
    const { email } = await member(organization.id)
    const person = await signedIn(email)
    const before = person.cookies()

    await person.call('POST', '/auth/sign-out')
    const replay = await server.call('GET', '/console/me', { headers: { cookie: before } })

    expect((await person.call('GET', '/console/me')).status).toBe(401)
    expect(replay.status).toBe(401)
  })

  test('is listed and can be ended from another one', async () => {
    const organization = await server.organization()
    const { email } = await member(organization.id)
    const here = await signedIn(email)
    const there = await signedIn(email)

    const { body } = await here.call('GET', '/auth/sessions')
    const other = body.data.find((session: { isCurrent: boolean }) => !session.isCurrent)
    await here.call('DELETE', `/auth/sessions/${other.id}`)

    expect(body.data).toHaveLength(2)
    expect(JSON.stringify(body)).not.toContain('token')
    expect((await there.call('GET', '/console/me')).status).toBe(401)
    expect((await here.call('GET', '/console/me')).status).toBe(200)
  })

  test.each([
    ['without our header', { 'x-countinghouse': '' }, false],
    ['from another origin', { origin: 'https://evil.example' }, true],
  ])('does not change anything %s', async (_name, headers, keepsHeader) => {
    const organization = await server.organization()
    const { email } = await member(organization.id)
    const person = await signedIn(email)
    const sent: Record<string, string> = { cookie: person.cookies(), ...headers }
    if (!keepsHeader) delete sent['x-countinghouse']

    const answer = await server.call(
      'POST',
      `/organizations/${organization.id}/picklists/creditreasons`,
      {
        body: { name: 'Smuggled' },
        headers: keepsHeader ? { ...sent, 'x-countinghouse': 'console' } : sent,
      },
    )

    expect(answer).toMatchObject({ status: 403, body: { code: 'OTHER_SITE' } })
  })
})

describe('a forgotten password', () => {
  test('is set anew by a link, which ends every session', async () => {
    const organization = await server.organization()
    const { email } = await member(organization.id)
    const before = await signedIn(email)
    const token = tokenOf(await createPasswordResetLink(server.context, email))
    const reset = (newPassword: string) =>
      personAt(server).call('POST', '/auth/reset-password', { body: { token, newPassword } })

    const weak = await reset('short')
    const done = await reset(ANOTHER)
    const again = await reset(PASSWORD)

    expect(weak.body.errors).toEqual([expect.objectContaining({ field: 'newPassword' })])
    expect(done.status).toBe(200)
    expect(again).toMatchObject({ status: 400, body: { code: 'LINK_SPENT' } })
    expect((await before.call('GET', '/console/me')).status).toBe(401)
    await signedIn(email, ANOTHER)
  })

  test('is asked for with the same answer whoever asks', async () => {
    const organization = await server.organization()
    const { email } = await member(organization.id)
    const ask = (address: string) =>
      personAt(server).call('POST', '/auth/request-password-reset', { body: { email: address } })

    const known = await ask(email)
    const unknown = await ask('nobody@example.com')

    expect(known.body).toEqual(unknown.body)
    expect(known.status).toBe(unknown.status)
  })

  test('is set without a current one by somebody who came in by a link', async () => {
    const email = 'linked@example.com'
    await createUser(server.context, { email, firstName: 'Lin', lastName: 'Ked' }, 'system')
    const token = tokenOf(await createSignInLink(server.context, email))
    const person = personAt(server)
    await person.call('POST', '/auth/sign-in/link', { body: { token } })

    const set = await person.call('POST', '/auth/change-password', {
      body: { newPassword: ANOTHER },
    })

    expect(set.status).toBe(200)
    await signedIn(email, ANOTHER)
  })

  test('can be changed while signed in, with the current one', async () => {
    const organization = await server.organization()
    const { email } = await member(organization.id)
    const person = await signedIn(email)
    const change = (currentPassword: string) =>
      person.call('POST', '/auth/change-password', {
        body: { currentPassword, newPassword: ANOTHER },
      })

    const wrong = await change('not the password')
    const right = await change(PASSWORD)

    expect(wrong.body.errors).toEqual([expect.objectContaining({ field: 'currentPassword' })])
    expect(right.status).toBe(200)
    expect((await person.call('GET', '/console/me')).status).toBe(200)
    await signedIn(email, ANOTHER)
  })
})
