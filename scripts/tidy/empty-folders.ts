/** Folders that hold nothing: left over, or there for later. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const IGNORED = new Set(['node_modules', '.git', 'dist', 'data', 'coverage', '.cache'])

export function emptyFolders(root: string, folder = ''): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true })
  if (entries.length === 0) return [folder]
  return entries
    .filter((entry) => entry.isDirectory() && !IGNORED.has(entry.name))
    .flatMap((entry) => emptyFolders(root, folder === '' ? entry.name : `${folder}/${entry.name}`))
}
