/**
 * A 52-bit key of a uid within its organization. It only finds candidates: whoever uses it
 * compares the whole uid afterwards, so equal keys of different uids cost time and nothing else.
 */

const LOW = 2 ** 32

export function uidKey(organization: number, uid: string): number {
  // Two lanes that see every character in different ways, mixed into each other at the end.
  let a = 0x9e3779b9 ^ organization
  let b = 0x85ebca6b ^ Math.imul(organization, 0xc2b2ae35)
  for (let at = 0; at < uid.length; at += 1) {
    const character = uid.charCodeAt(at)
    a = Math.imul(a ^ character, 0x01000193)
    b = Math.imul(b ^ character, 0x5bd1e995) ^ (b >>> 15)
  }
  a = finish(a ^ (b >>> 13))
  b = finish(b ^ a)
  return (a >>> 12) * LOW + (b >>> 0)
}

/** A 32-bit print of what a measurement says, to tell a repeat from a conflict. */
export function contentPrint(text: string): number {
  let print = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) {
    print = Math.imul(print ^ text.charCodeAt(at), 0x01000193)
  }
  return finish(print) >>> 0
}

function finish(lane: number): number {
  let mixed = lane
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
