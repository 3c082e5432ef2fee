import { expect, it } from 'vitest'
import { platformTrouble } from './platform.ts'

const machine = (node: string, platform: NodeJS.Platform, arch: NodeJS.Architecture) => ({
  versions: { ...process.versions, node },
  platform,
  arch,
})

it.each([
  ['the pinned Node on Linux', machine('26.10.0', 'linux', 'x64'), null],
  ['a newer Node on macOS', machine('27.0.0', 'darwin', 'arm64'), null],
  ['an older Node', machine('20.20.0', 'linux', 'x64'), 'npm start'],
  ['Windows', machine('26.10.0', 'win32', 'x64'), 'WSL 2'],
  ['another processor', machine('26.10.0', 'linux', 's390x'), 'linux-s390x'],
])('%s', (_name, given, expected) => {
  const trouble = platformTrouble(given)

  if (expected === null) expect(trouble).toBeNull()
  else expect(trouble).toContain(expected)
})
