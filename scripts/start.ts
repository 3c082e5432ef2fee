/** `npm start`: builds the Console when its sources changed, then runs the server in this process. */
import { platformTrouble } from '../apps/server/src/platform.ts'
import { buildConsole } from './build-console.ts'

const trouble = platformTrouble(process)
if (trouble !== null) {
  console.error(trouble)
  process.exit(1)
}
await buildConsole()
const { main } = await import('../apps/server/src/main.ts')
await main()
