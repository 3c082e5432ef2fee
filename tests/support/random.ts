/** Chance that can be had again: a failed run prints its seed, and the seed repeats the run. */

export type Random = {
  /** 0 inclusive to 1 exclusive. */
  next(): number
  /** A whole number from 0 below the limit. */
  below(limit: number): number
  /** A whole number between the two, both included. */
  whole(from: number, to: number): number
  one<Item>(of: readonly Item[]): Item
  maybe(chance: number): boolean
  shuffle<T>(items: T[]): T[]
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  const whole = (from: number, to: number) => from + below(to - from + 1)
  return {
    next,
    below,
    whole,
    one: (of) => of[below(of.length)] as (typeof of)[number],
    maybe: (chance) => next() < chance,
    shuffle(items) {
      const mixed = [...items]
      for (let at = mixed.length - 1; at > 0; at -= 1) {
        const other = below(at + 1)
        const [a, b] = [mixed[at], mixed[other]]
        if (a !== undefined && b !== undefined) [mixed[at], mixed[other]] = [b, a]
      }
      return mixed
    },
  }
}

/** From `FAULT_SEED`, or a new one; printed either way. */
export function chooseSeed(name: string): number {
  const given = process.env['FAULT_SEED']
  const seed = given === undefined ? Date.now() % 1_000_000_000 : Number(given)
  console.log(`${name}: FAULT_SEED=${seed}`)
  return seed
}
