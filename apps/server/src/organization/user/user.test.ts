import { startMailServer } from '@countinghouse/tests/support/mail-server.ts'
import { personAt } from '@countinghouse/tests/support/person.ts'
import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { addMember, createUser } from './service.ts'

let server: TestServer
afterEach(() => server.close())

let serial = 0

async function member(organization: TestOrganization) {
  serial += 1
  const email = `user${serial}@example.com`
  const { context, clock } = server
  const id = await createUser(context, { email, firstName: 'Ann', lastName: 'Lee' }, 'system')
  const scope = { organizationId: organization.id, principalId: 'system', now: clock.now() }
  await context.database.transaction((writer) => addMember(writer, scope, id, null))
  return { id, email }
}

describe('the policies of a user', () => {
  test('come in pages, newest first, as those of a service user do', async () => {
    server = await startTestServer()
    const organization = await server.organization()
    const { id } = await member(organization)
    const { id: programId } = await organization.must.post('/serviceusers', { name: 'Robot' })
    const names = ['one', 'two', 'three']
    for (const name of names) {
      const policy = await organization.must.post('/permissionpolicies', {
        name,
        permissionPolicy: [{ effect: 'allow', action: ['*'], resource: ['*'] }],
      })
      for (const [call, principalId] of [
        ['addtouser', id],
        ['addtoserviceuser', programId],
      ]) {
        await organization.must.post(`/permissionpolicies/${policy.id}/${call}`, { principalId })
      }
    }
    for (const path of [`/users/${id}/permissions`, `/serviceusers/${programId}/permissions`]) {
      const first = await organization.must.get(`${path}?pageSize=2`)
      const second = await organization.must.get(`${path}?pageSize=2&nextToken=${first.nextToken}`)
      const namesOf = ({ data }: { data: { name: string }[] }) => data.map(({ name }) => name)

      expect(namesOf(first)).toEqual(['three', 'two'])
      expect(namesOf(second)).toEqual(['one'])
      expect(second.nextToken).toBe(undefined)
      expect((await organization.get(`${path}?pageSize=201`)).status).toBe(400)
    }
  })
})

describe('the mail for a new password', () => {
  async function startWithMail() {
    const mailServer = await startMailServer()
    server = await startTestServer({ config: { smtpUrl: mailServer.url } })
    onTestFinished(() => {
      mailServer.close()
    })
    return mailServer
  }

  test('reaches the user, whose link sets the password', async () => {
    const mailServer = await startWithMail()
    const organization = await server.organization()
    const { id, email } = await member(organization)
    const newPassword = 'a stable full of batteries'

    const sent = await organization.put(`/users/${id}/password/resend`)
    const mail = await vi.waitUntil(() => mailServer.mails.find((it) => it.includes(email)), 15_000)
    const plain = mail.replaceAll('=\n', '').replaceAll('=3D', '=')
    const [, token = ''] = /reset-password\?token=([\w-]+)/.exec(plain) ?? []
    const person = personAt(server)
    const set = await person.call('POST', '/auth/reset-password', { body: { token, newPassword } })
    const signIn = { body: { email, password: newPassword } }

    expect(sent).toMatchObject({ status: 200, body: { success: true } })
    expect(set.status).toBe(200)
    expect((await person.call('POST', '/auth/sign-in/email', signIn)).status).toBe(200)
  })

  test('is not sent to those who are inactive or belong elsewhere', async () => {
    const mailServer = await startWithMail()
    const organization = await server.organization()
    const other = await server.organization()
    const { id, email } = await member(organization)
    await organization.must.put(`/users/${id}/status`, { status: 'INACTIVE', version: 1 })

    const inactive = await organization.put(`/users/${id}/password/resend`)
    const elsewhere = await other.put(`/users/${id}/password/resend`)

    expect(inactive).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } })
    expect(inactive.body.message).toContain('Activate the user first')
    expect(elsewhere.status).toBe(404)
    expect(mailServer.mails.some((mail) => mail.includes(email))).toBe(false)
  })

  test('without a mail server says which command prints the link', async () => {
    server = await startTestServer()
    const organization = await server.organization()
    const { id, email } = await member(organization)

    const answer = await organization.put(`/users/${id}/password/resend`)

    expect(answer).toMatchObject({ status: 400, body: { code: 'NO_MAIL_SERVER' } })
    expect(answer.body.message).toContain(`password-reset-link --email ${email}`)
  })
})
