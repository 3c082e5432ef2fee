/**
 * Remembers which uids of the last 35 days may have been seen, in about three bytes each. "No" is
 * certain, "maybe" needs a look into the store. One blocked Bloom filter for each week of arrival,
 * so that whole weeks are forgotten when they are too old to matter.
 */

export const REPEAT_WINDOW_MS = 35 * 86_400_000

const WEEK_MS = 7 * 86_400_000
const BITS_PER_KEY = 24
/** One cache line: 512 bits. */
const WORDS_PER_BLOCK = 16
const FIRST_CAPACITY = 1 << 18
const GROWTH = 4

export class UidFilter {
  readonly #weeks = new Map<number, Segment[]>()

  /** Remembers a key that arrived at this instant. */
  add(key: number, receivedAt: number): void {
    const week = Math.floor(receivedAt / WEEK_MS)
    const segments = this.#weeks.get(week) ?? []
    if (segments.length === 0) this.#weeks.set(week, segments)
    // A filling that begins again brings what is there already: that takes no further room.
    if (segments.some((known) => has(known, key))) return
    let segment = segments.at(-1)
    if (segment === undefined || segment.count >= segment.capacity) {
      segment = makeSegment((segment?.capacity ?? FIRST_CAPACITY / GROWTH) * GROWTH)
      segments.push(segment)
    }
    put(segment, key)
  }

  /** False: certainly never added. */
  mayHave(key: number): boolean {
    for (const segments of this.#weeks.values()) {
      for (const segment of segments) if (has(segment, key)) return true
    }
    return false
  }

  /**
   * Forgets the weeks of which even the last instant is 35 days ago. Gives the end of the latest
   * week forgotten, 0 for none.
   */
  forgetBefore(now: number): number {
    let latest = 0
    for (const week of this.#weeks.keys()) {
      const end = (week + 1) * WEEK_MS
      if (end + REPEAT_WINDOW_MS > now) continue
      this.#weeks.delete(week)
      latest = Math.max(latest, end)
    }
    return latest
  }

  get bytes(): number {
    return [...this.#weeks.values()].flat().reduce((sum, { words }) => sum + words.byteLength, 0)
  }
}

type Segment = { words: Uint32Array; blocks: number; capacity: number; count: number }

function makeSegment(capacity: number): Segment {
  const blocks = Math.ceil((capacity * BITS_PER_KEY) / (WORDS_PER_BLOCK * 32))
  return { words: new Uint32Array(blocks * WORDS_PER_BLOCK), blocks, capacity, count: 0 }
}

const HIGH = 2 ** 52
const LOW = 2 ** 32

/** The block comes from the top of the key: keys read in order fill the memory in order. */
function blockOf(segment: Segment, key: number): number {
  return Math.floor((key / HIGH) * segment.blocks) * WORDS_PER_BLOCK
}

/** Each odd factor makes another 27 good bits of the key's low half: three places in the block. */
const FACTORS = [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f]

function put(segment: Segment, key: number): void {
  const { words } = segment
  const block = blockOf(segment, key)
  const low = key % LOW
  for (const factor of FACTORS) {
    const bits = spread(low, factor)
    for (let shift = 23; shift >= 5; shift -= 9) {
      const place = bits >>> shift
      const at = block + ((place >>> 5) & 15)
      words[at] = (words[at] ?? 0) | (1 << (place & 31))
    }
  }
  segment.count += 1
}

function has(segment: Segment, key: number): boolean {
  const { words } = segment
  const block = blockOf(segment, key)
  const low = key % LOW
  for (const factor of FACTORS) {
    const bits = spread(low, factor)
    for (let shift = 23; shift >= 5; shift -= 9) {
      const place = bits >>> shift
      if (((words[block + ((place >>> 5) & 15)] ?? 0) & (1 << (place & 31))) === 0) return false
    }
  }
  return true
}

function spread(low: number, factor: number): number {
  const mixed = Math.imul(low ^ (low >>> 15), factor)
  return Math.imul(mixed ^ (mixed >>> 13), 0x2c1b3c6d)
}
