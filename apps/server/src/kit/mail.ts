/** Mails to people; without a mail server the log says which command prints the link instead. */
import { createTransport } from 'nodemailer'
import type { Logger } from 'pino'

export type Mail = { to: string; subject: string; text: string }

export type Mailer = {
  /** False when no mail server is set: then the operator hands links over by the admin command. */
  canSend: boolean
  send(mail: Mail): Promise<void>
  close(): void
}

export function openMailer(
  settings: { smtpUrl: string | null; mailFrom: string },
  log: Logger,
): Mailer {
  if (settings.smtpUrl === null) {
    return {
      canSend: false,
      async send({ to, subject }) {
        log.warn(
          { to, subject },
          'No mail server is set (SMTP_URL), so this mail was not sent. "npm run admin -- password-reset-link --email …" prints the link instead.',
        )
      },
      close: () => undefined,
    }
  }
  const transport = createTransport(settings.smtpUrl, { from: settings.mailFrom })
  return {
    canSend: true,
    async send(mail) {
      await transport.sendMail(mail)
    },
    close: () => transport.close(),
  }
}
