/** A calculation in colours, its problems underlined. Tolerant: half-typed text is coloured as far as it can be read. */
import type { Problem } from '@countinghouse/engine/calculation/problem.ts'
import classes from './expression-editor.module.css'

const PART =
  /(?<string>"[^"\n]*"?|'[^'\n]*'?|“[^”\n]*”?)|(?<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)|(?<call>[\p{L}_$][\p{L}_$0-9]*(?=\s*\())|(?<word>\b(?:AND|OR|NOT|true|false|null)\b)|(?<name>[\p{L}_$][\p{L}_$0-9.]*)|(?<sign>[-+*/%^!<>=?:&|]+)/gu

type Piece = { text: string; kind: string | null; position: number }

export function Highlighted({ text, problems }: { text: string; problems: readonly Problem[] }) {
  return piecesOf(text).map((piece) => (
    <span
      key={piece.position}
      className={piece.kind ? classes[piece.kind] : undefined}
      data-problem={problems.some((each) => touches(piece, each)) || undefined}
    >
      {piece.text}
    </span>
  ))
}

function touches(piece: Piece, problem: Problem): boolean {
  const end = problem.position + Math.max(1, problem.length)
  return (
    piece.text.trim() !== '' &&
    piece.position < end &&
    piece.position + piece.text.length > problem.position
  )
}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let position = 0
  for (const match of text.matchAll(PART)) {
    if (match.index > position)
      pieces.push({ text: text.slice(position, match.index), kind: null, position })
    const kind =
      Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined)?.[0] ?? null
    pieces.push({ text: match[0], kind, position: match.index })
    position = match.index + match[0].length
  }
  if (position < text.length) pieces.push({ text: text.slice(position), kind: null, position })
  return pieces
}
