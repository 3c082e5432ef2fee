/** A mail server that keeps what it is sent. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

/** Takes mails like a mail server: answers each command, keeps what follows DATA. Greets when told. */
export async function startMailServer(greets: Promise<void> = Promise.resolve()) {
  const mails: string[] = []
  const server = createServer((socket: Socket) => {
    let isData = false
    let mail = ''
    let rest = ''
    greets.then(() => socket.write('220 test\r\n'))
    socket.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\r\n')
      // A line may come in pieces.
      rest = lines.pop() ?? ''
      for (const line of lines) {
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
