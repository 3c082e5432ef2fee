/** Marks and shortcuts that do not stay. */
import { findAll, isTest, isTypeScript, type Rule } from './rule.ts'

export const openMarks: Rule = {
  name: 'open-marks',
  reason: 'What is left to do has an issue, or is done.',
  check(file) {
    if (!isTypeScript(file.path) || file.path.startsWith('scripts/tidy/')) return []
    return [
      ...findAll(file, /\bTODO(?!\(#\d+\))/g, 'TODO without an issue: TODO(#12)'),
      ...findAll(file, /(\/\/|\*) *(FIXME|HACK|XXX)\b/g, '$0 is no mark of ours'),
    ]
  },
}

export const skippedTests: Rule = {
  name: 'skipped-tests',
  reason: 'A skipped test says that something holds which nobody looks at.',
  check(file) {
    if (!isTest(file.path) || file.path.startsWith('scripts/tidy/')) return []
    return findAll(
      file,
      /\b(it|test|describe|suite)\.(skip|only|todo|fails|skipIf|runIf)\b|\bx(it|describe)\(/g,
      '$0 leaves tests out',
    )
  },
}
