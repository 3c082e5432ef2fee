/** Finds the Chromium that browser tests drive; playwright-core brings none. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const KNOWN_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

export const HOW_TO_GET_CHROMIUM =
  'Browser tests need Chromium. Install it (Debian: "sudo apt-get install chromium"), or set CHROMIUM_PATH to a Chromium or Chrome program.'

/** Path of the program, or null when this machine has none. */
export function findChromium(): string | null {
  const named = process.env['CHROMIUM_PATH']
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named
    throw new Error(`CHROMIUM_PATH is ${named}, but there is no such file. ${HOW_TO_GET_CHROMIUM}`)
  }
  return KNOWN_PATHS.find((path) => existsSync(path)) ?? null
}

/** As `findChromium`, but fetches Debian's package where that is allowed: as root. */
export function ensureChromium(): string | null {
  const found = findChromium()
  if (found !== null || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return found
  console.log('Installing Chromium for the browser tests …')
  const apt = (...words: string[]) =>
    spawnSync('apt-get', words, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  apt('update', '-qq')
  apt('install', '-y', '-qq', '--no-install-recommends', 'chromium')
  return findChromium()
}
