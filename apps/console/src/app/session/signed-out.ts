/**
 * What happens when the session ends. In the middle of work the page stays as it is, with everything
 * typed in it, and asks to sign in again over it; logging out closes the Console in every tab.
 */
import { queryClient } from '../../kit/query/client.ts'
import { signal } from '../../kit/signal.ts'

/** The page asks to sign in again. */
export const isSignInAsked = signal(false)

let isLoggingOut = false

/** False where nobody was signed in before, or wants to be: then there is nothing to keep. */
export function askToSignInAgain(): boolean {
  if (isLoggingOut || queryClient.getQueryData(['me']) === undefined) return false
  isSignInAsked.set(true)
  return true
}

const tabs = new BroadcastChannel('countinghouse-session')

/** Forgets everything seen, here and in the other tabs; `leave` ends the session and goes away. */
export async function forgetPerson(leave: () => Promise<unknown>): Promise<void> {
  isLoggingOut = true
  await leave()
  tabs.postMessage('signed out')
  queryClient.clear()
  isLoggingOut = false
}

export function followOtherTabs(): void {
  tabs.onmessage = () => {
    queryClient.clear()
    window.location.assign('/login')
  }
}
