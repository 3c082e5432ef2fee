/** House rules that no other tool checks; part of `npm run check`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sourceFiles } from './source-files.ts'
import { emptyFolders } from './tidy/empty-folders.ts'
import { rules } from './tidy/rules.ts'

const root = join(import.meta.dirname, '..')
const files = sourceFiles(root).map((path) => ({
  path,
  text: /\.(tsx?|css)$/.test(path) ? readFileSync(join(root, path), 'utf8') : '',
}))

const complaints = rules.flatMap((rule) =>
  files.flatMap((file) =>
    rule
      .check(file)
      .map(
        ({ path, line, message }) => `${path}:${line}  ${message}  (${rule.name}: ${rule.reason})`,
      ),
  ),
)
const empty = emptyFolders(root).map((folder) => `${folder}/  is an empty folder`)

for (const complaint of [...complaints, ...empty]) console.error(complaint)
const total = complaints.length + empty.length
console.log(`tidy: ${files.length} files, ${total} complaint${total === 1 ? '' : 's'}`)
process.exit(total === 0 ? 0 : 1)
