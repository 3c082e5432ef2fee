/** A house rule as data: what it looks at, what it finds, and why it exists. */

export type SourceFile = {
  /** Relative to the root, with slashes. */
  path: string
  text: string
}

/** Where and what; the runner adds the rule's name and reason. */
export type Finding = { path: string; line: number; message: string }

export type Rule = {
  name: string
  reason: string
  check(file: SourceFile): Finding[]
}

/** Tests, and what only they use: stories, worlds, cases. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$|^tests\//.test(path)
}

export function isTypeScript(path: string): boolean {
  return /\.tsx?$/.test(path)
}

/** One finding for each match, at its line. */
export function findAll(file: SourceFile, pattern: RegExp, message: string): Finding[] {
  return [...file.text.matchAll(pattern)].map((match) => ({
    path: file.path,
    line: lineAt(file.text, match.index),
    message: message.replace('$0', match[0].trim()),
  }))
}

export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}
