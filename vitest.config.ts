import { defineConfig } from 'vitest/config'

/** Suites in the order in which `npm test` runs them: the fast and narrow ones first. */
const project = (name: string, include: string[], timeoutMs: number, parallel = true) => ({
  test: {
    name,
    include,
    globalSetup: './scripts/temporary-folder.ts',
    pool: 'forks' as const,
    fileParallelism: parallel,
    maxWorkers: parallel ? 2 : 1,
    testTimeout: timeoutMs,
    hookTimeout: Math.max(timeoutMs, 60_000),
    // How long `expect.poll` goes on looking; it goes on at once when it sees what it wants.
    expect: { poll: { timeout: 15_000 } },
  },
})

export default defineConfig({
  test: {
    projects: [
      project('engine', ['packages/engine/src/**/*.test.ts'], 30_000),
      project('contract', ['packages/contract/src/**/*.test.ts'], 10_000),
      project('console', ['apps/console/src/**/*.test.{ts,tsx}'], 20_000),
      project('scripts', ['scripts/**/*.test.ts'], 60_000),
      project('server', ['apps/server/src/**/*.test.ts'], 60_000),
      project('wire', ['tests/contract/**/*.test.ts'], 120_000),
      project('scenarios', ['tests/scenarios/**/*.test.ts'], 120_000),
      project('faults', ['tests/faults/**/*.test.ts'], 600_000, false),
      project('browser', ['tests/browser/**/*.test.ts'], 180_000, false),
    ],
  },
})
