/**
 * `npm start`: builds the Console when its sources changed, runs the server in this process, and
 * fills the demo organization of a first start behind it.
 */
import { platformTrouble } from '../apps/server/src/platform.ts'
import { buildConsole } from './build-console.ts'

const trouble = platformTrouble(process)
if (trouble !== null) {
  console.error(trouble)
  process.exit(1)
}
const { checkStart, main } = await import('../apps/server/src/main.ts')
checkStart()
await buildConsole()
const { prepareDemo } = await import('./seed/first-start.ts')
await main(async ({ context, url }) => {
  const demo = await prepareDemo(context)
  // Not awaited: people look around while it is filled.
  void demo?.fill(url)
})
