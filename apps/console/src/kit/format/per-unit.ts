/** What one unit is called: `GPU hours` are priced per GPU hour, `million tokens` per million tokens. */
const NUMBER_WORD = /^(\d[\d.,]*|hundred|thousand|million|billion|trillion)\b/i
/** Rates and short signs that end in s without being several. */
const SINGULAR = /(ps|ss|us|is)$/i

export function perUnit(unit: string): string {
  const name = unit.trim()
  if (name === '') return 'unit'
  if (NUMBER_WORD.test(name) || SINGULAR.test(name)) return name
  if (/[a-z]ies$/.test(name)) return name.replace(/ies$/, 'y')
  if (/(sh|ch|x|ss)es$/.test(name)) return name.replace(/es$/, '')
  return name.replace(/([a-zA-Z]{2})s$/, '$1')
}
