import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { openMailer } from './mail.ts'

/** Takes mails like a mail server: answers each command, keeps what follows DATA. */
async function startMailServer() {
  const mails: string[] = []
  const server = createServer((socket: Socket) => {
    let isData = false
    let mail = ''
    socket.write('220 test\r\n')
    socket.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString().split('\r\n').slice(0, -1)) {
        if (isData && line === '.') {
          isData = false
          mails.push(mail)
          socket.write('250 kept\r\n')
        } else if (isData) mail += `${line}\n`
        else if (line === 'DATA') {
          isData = true
          socket.write('354 go on\r\n')
        } else socket.write(line === 'QUIT' ? '221 bye\r\n' : '250 fine\r\n')
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `smtp://127.0.0.1:${port}`, mails, close: () => server.close() }
}

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
