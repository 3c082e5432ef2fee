/** The documentation as files, for what checks it. */
import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Paths below the root: all of docs/, and those beside it. */
export const documents = [...markdownIn(join(ROOT, 'docs')), ...markdownIn(ROOT, false)].map(
  (file) => relative(ROOT, file),
)

function markdownIn(folder: string, deep = true): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return deep ? markdownIn(path) : []
    return entry.name.endsWith('.md') ? [path] : []
  })
}
