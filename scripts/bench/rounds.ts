/** Several short rounds, baseline and ours in turn, so that a noisy minute hits both alike. */

export type Measure = () => Promise<number>

/** The middle value of each, in the order given. */
export async function medians(rounds: number, measures: Measure[]): Promise<number[]> {
  const seen: number[][] = measures.map(() => [])
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, measure] of measures.entries()) seen[index]?.push(await measure())
  }
  return seen.map(median)
}

export function median(values: number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}
