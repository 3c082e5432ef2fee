/** When a standing charge falls, and on which side of its period, in words. */
export function advanceWords(inAdvance: boolean | undefined): string {
  if (inAdvance === undefined) return 'as the organization says'
  return inAdvance ? 'in advance' : 'in arrears'
}

export function chargeRhythm(row: {
  standingChargeInterval?: number
  standingChargeOffset?: number
}): string {
  const every = row.standingChargeInterval ?? 1
  if (every === 1) return 'On every bill'
  const first = (row.standingChargeOffset ?? 0) + 1
  return `On bill ${first}, then every ${every} bills`
}
