/** Programs of the bench that run as processes of their own: one question at a time, one answer each. */
import { type ChildProcess, fork } from 'node:child_process'

export type Child = {
  pid: number
  ask<Answer>(question: unknown, patienceMs?: number): Promise<Answer>
  stop(): Promise<void>
}

type Reply = { answer: unknown } | { problem: string }

const PATIENCE_MS = 120_000
const STOP_PATIENCE_MS = 10_000

/** `file` is relative to this folder and calls `answerQuestions`. */
export function startChild(file: string): Child {
  const process = fork(new URL(file, import.meta.url), [], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  return {
    pid: process.pid ?? 0,
    ask: (question, patienceMs = PATIENCE_MS) => ask(process, file, question, patienceMs),
    stop: () => stop(process),
  }
}

function ask<Answer>(
  child: ChildProcess,
  file: string,
  question: unknown,
  patienceMs: number,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => settle(() => reject(new Error(`${file} took too long`))),
      patienceMs,
    )
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      child.off('message', heard)
      child.off('exit', ended)
      finish()
    }
    const heard = (reply: unknown) =>
      settle(() => {
        const said = reply as Reply
        if ('problem' in said) reject(new Error(`${file}: ${said.problem}`))
        else resolve(said.answer as Answer)
      })
    const ended = (code: number | null) =>
      settle(() => reject(new Error(`${file} ended with status ${code ?? 'unknown'}`)))
    child.on('message', heard)
    child.on('exit', ended)
    child.send(question as object)
  })
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    child.disconnect()
  })
}

/** The other side: answers each question in turn, and ends with the parent after `close`. */
export function answerQuestions<Question>(
  answer: (question: Question) => unknown,
  close: () => unknown = () => undefined,
): void {
  process.on('message', (question) => {
    Promise.resolve()
      .then(() => answer(question as Question))
      .then(
        (value) => process.send?.({ answer: value ?? null }),
        (error: unknown) =>
          process.send?.({ problem: error instanceof Error ? error.message : String(error) }),
      )
  })
  process.on('disconnect', () => {
    Promise.resolve()
      .then(close)
      .finally(() => process.exit(0))
  })
}
