/** Repeatable chance: the same keys always give the same stream, on every machine. */

export type Random = {
  /** From 0, below 1. */
  next(): number
  integer(low: number, high: number): number
  /** Bell curve around 0 with spread 1. */
  normal(): number
  /** Positive and skewed, as sizes of real requests are. */
  logNormal(median: number, spread: number): number
  pick<Item>(items: readonly [Item, ...Item[]]): Item
  /** One of the names, by weight. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name
}

export function randomOf(...keys: string[]): Random {
  let state = hash(keys.join('\u0000'))
  const next = () => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return {
    next,
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    normal,
    logNormal: (median, spread) => median * Math.exp(spread * normal()),
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
    weighted: (weights) => pickWeighted(weights, next()),
  }
}

function pickWeighted<Name extends string>(weights: Readonly<Record<Name, number>>, at: number) {
  const names = Object.keys(weights) as Name[]
  let left = at * names.reduce((sum, name) => sum + weights[name], 0)
  for (const name of names) {
    left -= weights[name]
    if (left < 0) return name
  }
  throw new Error(`no weight above zero among ${names.join(', ')}`)
}

/** FNV-1a with a final mix, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  return value ^ (value >>> 13)
}
