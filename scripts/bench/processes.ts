/** Memory of a process with everything it has started (Linux). */
import { readdirSync, readFileSync } from 'node:fs'

/**
 * Proportional set size in bytes: memory that PostgreSQL's processes share is counted once, which
 * the sum of their resident sizes would not do.
 */
export function memoryOf(pid: number): number {
  return familyOf(pid).reduce((sum, member) => sum + proportionalSize(member), 0)
}

export function familyOf(root: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    // The name of the program may hold anything; what follows its last bracket is numbers.
    const fields = read(`/proc/${name}/stat`).split(') ').at(-1)?.split(' ')
    if (fields?.[1] !== undefined) parents.set(Number(name), Number(fields[1]))
  }
  const family = [root]
  for (const member of family) {
    for (const [pid, parent] of parents) if (parent === member) family.push(pid)
  }
  return family
}

function proportionalSize(pid: number): number {
  const kibibytes = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1]
  return Number(kibibytes ?? 0) * 1024
}

/** A process may end between being listed and being read. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

export type PeakWatch = { peak(): number; stop(): void }

export function watchPeak(pid: number, everyMs = 250): PeakWatch {
  let highest = memoryOf(pid)
  const timer = setInterval(() => {
    highest = Math.max(highest, memoryOf(pid))
  }, everyMs)
  return { peak: () => highest, stop: () => clearInterval(timer) }
}
