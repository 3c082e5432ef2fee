/** What can be wrong with a calculation, and where. */
import type { Span } from './syntax.ts'

/** One finding, ready to be shown: line and column count from 1. */
export type Problem = {
  readonly message: string
  readonly position: number
  readonly length: number
  readonly line: number
  readonly column: number
}

/** The text cannot be read. */
export class CalculationSyntaxError extends Error {
  readonly at: Span

  constructor(message: string, at: Span) {
    super(message)
    this.name = 'CalculationSyntaxError'
    this.at = at
  }
}

/** The calculation is sound, but has no value for the data at hand. */
export class CalculationError extends Error {
  readonly at: Span | null

  constructor(message: string, at: Span | null = null) {
    super(message)
    this.name = 'CalculationError'
    this.at = at
  }
}

export function problemAt(text: string, message: string, at: Span): Problem {
  const before = text.slice(0, at.position).split('\n')
  return {
    message,
    position: at.position,
    length: at.length,
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
  }
}

/** The sentence for a place that shows text only: `Line 1, column 7: …`. */
export function describeProblem(problem: Problem): string {
  return `Line ${problem.line}, column ${problem.column}: ${problem.message}`
}
