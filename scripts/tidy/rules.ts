/** Every house rule. A new one arrives here with its test, or not at all. */
import { clock, environment, sqlInStores } from './borders.ts'
import { names } from './names.ts'
import type { Rule } from './rule.ts'
import { fileLength, functionLength } from './size.ts'
import { openMarks, skippedTests } from './words.ts'

export const rules: Rule[] = [
  fileLength,
  functionLength,
  names,
  openMarks,
  skippedTests,
  environment,
  clock,
  sqlInStores,
]
