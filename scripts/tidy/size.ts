/** How long a file and a function may be. */
import ts from 'typescript'
import { type Finding, isTest, isTypeScript, lineAt, type Rule, type SourceFile } from './rule.ts'

export const SOURCE_LINES_MAX = 400
export const TEST_LINES_MAX = 800
export const FUNCTION_LINES_MAX = 70
/** A component is mostly what it shows, which reads as one tree. */
export const COMPONENT_LINES_MAX = 250

export const fileLength: Rule = {
  name: 'file-length',
  reason: 'A file is read from top to bottom; a long one holds several things.',
  check({ path, text }) {
    if (!isTypeScript(path) && !path.endsWith('.css')) return []
    const lines = text.trimEnd().split('\n').length
    const most = isTest(path) ? TEST_LINES_MAX : SOURCE_LINES_MAX
    return lines <= most ? [] : [{ path, line: lines, message: `${lines} lines, at most ${most}` }]
  },
}

export const functionLength: Rule = {
  name: 'function-length',
  reason: 'A function tells one story; suites of tests are lists, not stories.',
  check(file) {
    if (!isTypeScript(file.path) || isTest(file.path)) return []
    return longFunctions(file)
  },
}

function longFunctions({ path, text }: SourceFile): Finding[] {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind)
  const findings: Finding[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const start = lineAt(text, node.getStart(tree))
      const lines = lineAt(text, node.end) - start + 1
      const most = isComponent(node, path) ? COMPONENT_LINES_MAX : FUNCTION_LINES_MAX
      if (lines > most) {
        findings.push({
          path,
          line: start,
          message: `a function of ${lines} lines, at most ${most}`,
        })
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return findings
}

function isComponent(node: ts.SignatureDeclaration, path: string): boolean {
  return (
    path.endsWith('.tsx') && ts.isFunctionDeclaration(node) && /^[A-Z]/.test(node.name?.text ?? '')
  )
}
