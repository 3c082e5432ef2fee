/** Baseline of ingest over HTTP: a server that reads and parses each body and does nothing with it. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerQuestions } from '../child.ts'

const ANSWER = Buffer.from('{"result":"accepted"}')

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const { measurements } = JSON.parse(Buffer.concat(chunks).toString()) as {
      measurements: unknown[]
    }
    response.writeHead(measurements.length > 0 ? 200 : 400, {
      'content-type': 'application/json',
      'content-length': ANSWER.length,
    })
    response.end(ANSWER)
  })
})

answerQuestions(
  () =>
    new Promise<{ port: number }>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve({ port: (server.address() as AddressInfo).port }))
    }),
  () => server.closeAllConnections(),
)
