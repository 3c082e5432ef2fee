/** Whether this machine can run the server at all; says so before anything else fails oddly. */

const NODE_MAJOR = 26

type Machine = Pick<NodeJS.Process, 'versions' | 'platform' | 'arch'>

/** A sentence for the person who started it, or null when all is well. */
export function platformTrouble({ versions, platform, arch }: Machine): string | null {
  const major = Number(versions.node.split('.')[0])
  if (major < NODE_MAJOR) {
    return `This is Node ${versions.node}, but Countinghouse needs ${NODE_MAJOR} or newer. Run "npm start": it brings the right one; or run "node_modules/.bin/node".`
  }
  const isKnown =
    (platform === 'linux' || platform === 'darwin') && (arch === 'x64' || arch === 'arm64')
  if (!isKnown) {
    return `Countinghouse runs on Linux (with glibc) and macOS, on x64 and arm64; this is ${platform}-${arch}. On Windows use WSL 2.`
  }
  return null
}
