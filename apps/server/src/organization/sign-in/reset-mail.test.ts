import { startMailServer } from '@countinghouse/tests/support/mail-server.ts'
import { personAt } from '@countinghouse/tests/support/person.ts'
import { startTestServer } from '@countinghouse/tests/support/server.ts'
import { expect, test } from 'vitest'
import { createUser } from '../user/service.ts'

test('a new password is asked for in the same time whoever asks: nobody waits for the mail', async () => {
  const { promise: greets, resolve: greet } = Promise.withResolvers<void>()
  const mailServer = await startMailServer(greets)
  const server = await startTestServer({ config: { smtpUrl: mailServer.url } })
  const email = 'ada@example.com'
  await createUser(server.context, { email, firstName: 'Ada', lastName: 'Byron' }, 'system')

  const { status } = await personAt(server).call('POST', '/auth/request-password-reset', {
    body: { email },
  })
  const mailsBefore = mailServer.mails.length
  greet()

  expect([status, mailsBefore]).toEqual([200, 0])
  await expect.poll(() => mailServer.mails.length).toBe(1)
  await server.close()
  mailServer.close()
})
