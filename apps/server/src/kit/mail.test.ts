import { Writable } from 'node:stream'
import { startMailServer } from '@countinghouse/tests/support/mail-server.ts'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { openMailer } from './mail.ts'

function rememberingLog() {
  const lines: string[] = []
  const log = pino(
    new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk))
        done()
      },
    }),
  )
  return { log, lines }
}

const mail = { to: 'ada@example.com', subject: 'Set a new password', text: 'Open this link.' }

describe('mail', () => {
  it('goes through the mail server that is set, from the sender that is set', async () => {
    const server = await startMailServer()
    const { log } = rememberingLog()
    const mailer = openMailer({ smtpUrl: server.url, mailFrom: 'Bills <bills@example.com>' }, log)

    await mailer.send(mail)

    expect(mailer.canSend).toBe(true)
    expect(server.mails[0]).toContain('From: Bills <bills@example.com>')
    expect(server.mails[0]).toContain('To: ada@example.com')
    expect(server.mails[0]).toContain('Open this link.')
    mailer.close()
    server.close()
  })

  it('without a mail server says which command helps, and keeps the content out of the log', async () => {
    const { log, lines } = rememberingLog()
    const mailer = openMailer({ smtpUrl: null, mailFrom: 'x@example.com' }, log)

    await mailer.send(mail)

    expect(mailer.canSend).toBe(false)
    expect(lines.join('')).toContain('npm run admin -- password-reset-link')
    expect(lines.join('')).not.toContain('Open this link.')
  })
})
