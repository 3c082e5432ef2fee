/** One process for one data directory: a name that only one process of the machine can hold. */
import { createHash } from 'node:crypto'
import { createServer } from 'node:net'

export class DataFolderInUse extends Error {
  constructor(folder: string) {
    super(
      `The data directory ${folder} is in use by another Countinghouse. Stop that one, or set DATA_DIR to another folder.`,
    )
  }
}

export type Lock = { release(): Promise<void> }

/** An abstract socket (Linux): exclusive, leaves no file, and is gone with its process. */
export async function lockDataFolder(folder: string): Promise<Lock> {
  if (process.platform !== 'linux') return { release: async () => undefined }
  const key = createHash('sha256').update(folder).digest('hex').slice(0, 32)
  const server = createServer()
  server.unref()
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new DataFolderInUse(folder) : error)
    })
    server.listen({ path: `\0countinghouse:${key}` }, resolve)
  })
  return { release: () => new Promise((resolve) => server.close(() => resolve())) }
}
