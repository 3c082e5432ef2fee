const MINUS = '−'

/**
 * Digits for people: groups of three, a true minus, at least `places` decimals; more are shown when
 * there are more. It takes digits without exponent and rounds nothing: `-1234567.5` with 2 places is
 * `−1,234,567.50`.
 */
export function groupedDigits(digits: string, places: number): string {
  const isNegative = digits.startsWith('-')
  const [whole = '0', fraction = ''] = digits.replace(/^-/, '').split('.')
  const kept = fraction.replace(/0+$/, '').padEnd(places, '0')
  const groups = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  const isZero = /^0*$/.test(whole + kept)
  return `${isNegative && !isZero ? MINUS : ''}${groups}${kept === '' ? '' : `.${kept}`}`
}
