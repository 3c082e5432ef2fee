/** The load generator, a process of its own: raw sockets, ready-made bodies, one request at a time on each. */
import { connect, type Socket } from 'node:net'
import { type Body, type BodyOptions, bodyOf, stamp } from './body.ts'
import { answerQuestions } from './child.ts'

export type LoadQuestion = {
  host: string
  port: number
  path: string
  token: string
  senders: number
  body: Omit<BodyOptions, 'firstAccount'>
  /** Ends after this time, or after so many requests. */
  seconds: number
  requests?: number
  /** Each request brings the next accounts in turn, instead of each sender its own. */
  sweeps?: boolean
  /** Requests a second over all senders; absent means as fast as answers come. */
  rate?: number
}

export type LoadAnswer = {
  events: number
  requests: number
  seconds: number
  /** Milliseconds from when a request was due to its answer. */
  p50: number
  p99: number
  refused: number
  /** What the first refusal said. */
  refusal: string | null
}

answerQuestions<LoadQuestion>(run)

async function run(question: LoadQuestion): Promise<LoadAnswer> {
  const state = {
    next: 0,
    sent: 0,
    events: 0,
    refused: 0,
    refusal: null as string | null,
  }
  const latencies: number[] = []
  const start = performance.now()
  const end = start + question.seconds * 1000
  const slotMs = question.rate === undefined ? 0 : 1000 / question.rate

  async function sender(index: number): Promise<void> {
    const bodyFrom = (first: number) =>
      bodyOf({ ...question.body, firstAccount: first % question.body.accounts })
    let body = bodyFrom(index * 131)
    const socket = await open(question)
    while (
      performance.now() < end &&
      state.sent < (question.requests ?? Number.POSITIVE_INFINITY)
    ) {
      const due = slotMs === 0 ? performance.now() : start + state.sent * slotMs
      state.sent += 1
      await until(due)
      const number = state.next++
      if (question.sweeps) body = bodyFrom(number * question.body.events)
      stamp(body, number)
      socket.cork()
      socket.write(headOf(question, body))
      socket.write(body.bytes)
      socket.uncork()
      const answer = await readAnswer(socket)
      latencies.push(performance.now() - due)
      if (answer.status === 200) state.events += body.events
      else {
        state.refused += 1
        state.refusal ??= `${answer.status} ${answer.text.slice(0, 300)}`
      }
    }
    socket.destroy()
  }

  await Promise.all(Array.from({ length: question.senders }, (_, index) => sender(index)))
  latencies.sort((one, other) => one - other)
  return {
    events: state.events,
    requests: latencies.length,
    seconds: (performance.now() - start) / 1000,
    p50: latencies[Math.floor(latencies.length * 0.5)] ?? 0,
    p99: latencies[Math.floor(latencies.length * 0.99)] ?? 0,
    refused: state.refused,
    refusal: state.refusal,
  }
}

function headOf(question: LoadQuestion, body: Body): string {
  return [
    `POST ${question.path} HTTP/1.1`,
    `Host: ${question.host}:${question.port}`,
    `Authorization: Bearer ${question.token}`,
    'Content-Type: application/json',
    `Content-Length: ${body.bytes.length}`,
    '',
    '',
  ].join('\r\n')
}

function open({ host, port }: LoadQuestion): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true }, () => resolve(socket))
    socket.once('error', reject)
  })
}

function until(due: number): Promise<void> | undefined {
  const wait = due - performance.now()
  if (wait < 1) return undefined
  return new Promise((resolve) => setTimeout(resolve, wait))
}

/** Answers are short and carry their length: read until it is complete. */
function readAnswer(socket: Socket): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    let text = ''
    const heard = (chunk: Buffer) => {
      text += chunk.toString('latin1')
      const headEnd = text.indexOf('\r\n\r\n')
      if (headEnd < 0) return
      const length = /content-length: (\d+)/i.exec(text.slice(0, headEnd))?.[1]
      if (text.length < headEnd + 4 + Number(length ?? 0)) return
      forget()
      resolve({ status: Number(text.slice(9, 12)), text: text.slice(headEnd + 4) })
    }
    const failed = (error: Error) => {
      forget()
      reject(error)
    }
    const closed = () => failed(new Error('the server closed the connection'))
    const forget = () => {
      socket.off('data', heard)
      socket.off('error', failed)
      socket.off('close', closed)
    }
    socket.on('data', heard)
    socket.on('error', failed)
    socket.on('close', closed)
  })
}
