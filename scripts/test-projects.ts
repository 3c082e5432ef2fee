/** Names of the test suites, in the order in which vitest.config.ts lists them. */
import config from '../vitest.config.ts'

export async function readProjects(): Promise<string[]> {
  const { projects = [] } = config.test ?? {}
  return projects.map((project) => {
    const { test } = project as { test?: { name?: unknown } }
    if (typeof test?.name === 'string') return test.name
    throw new Error('every project of vitest.config.ts needs a plain name')
  })
}
