/** What makes a password good enough (organization 6.2): long, not common, not the address. */
import type { Problem } from '../../kit/errors.ts'

export const PASSWORD_LENGTH_MIN = 12
export const PASSWORD_LENGTH_MAX = 128

/** Fragments that most guessed long passwords are made of. */
const COMMON_PARTS = [
  'password',
  'passwort',
  'qwertyuiop',
  'qwerty',
  'asdfghjkl',
  'zxcvbnm',
  '1q2w3e4r',
  'iloveyou',
  'letmein',
  'welcome',
  'admin',
  'administrator',
  'changeme',
  'football',
  'baseball',
  'sunshine',
  'princess',
  'superman',
  'trustno1',
  'monkey',
  'dragon',
  'master',
  'login',
  'secret',
  'countinghouse',
]

const LEFT_OVER_MIN = 6
const DIFFERENT_MIN = 5

export function passwordProblems(password: string, email: string, field: string): Problem[] {
  const problem = sentence(password, email.split('@')[0] ?? '')
  return problem === null ? [] : [{ field, message: problem }]
}

function sentence(password: string, emailName: string): string | null {
  if (password.length < PASSWORD_LENGTH_MIN) {
    return `must have at least ${PASSWORD_LENGTH_MIN} characters. A few words that only you put together are best.`
  }
  if (password.length > PASSWORD_LENGTH_MAX) {
    return `must have at most ${PASSWORD_LENGTH_MAX} characters.`
  }
  const plain = password.toLowerCase()
  if (emailName.length >= 3 && plain.includes(emailName.toLowerCase())) {
    return 'must not contain the name in your e-mail address.'
  }
  if (isCommon(plain)) {
    return 'is one that others guess first. Take a few words that only you put together.'
  }
  return null
}

/** Nothing much is left of it without common words, digits in a row and repeated characters. */
function isCommon(plain: string): boolean {
  if (new Set(plain).size < DIFFERENT_MIN) return true
  const rest = COMMON_PARTS.reduce((text, part) => text.replaceAll(part, ''), plain)
    .replaceAll(/\d+/g, '')
    .replaceAll(/(.)\1+/g, '$1')
  return rest.length < LEFT_OVER_MIN && !/[^\d\s].*\s.*\S/.test(rest)
}
