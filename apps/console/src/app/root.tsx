/** Around every page. Pop-ups and toasts stand inside the router: their forms and links ask it where they are. */
import { Outlet } from '@tanstack/react-router'
import { isModalLayerWanted } from '../kit/modal.ts'
import { useSignal } from '../kit/signal.ts'
import { firstPageStands } from './first-page-stands.ts'
import { onDemand } from './on-demand.tsx'
import { isSignInAsked } from './session/signed-out.ts'

/** Nothing pops up before the first page stands, so their code comes after it. */
const Overlays = onDemand(() => import('./overlays.tsx').then((module) => module.Overlays))
const SignInAgain = onDemand(() =>
  import('./session/sign-in-again.tsx').then((module) => module.SignInAgain),
)

export function Root() {
  const asksToSignIn = useSignal(isSignInAsked)
  const isTime = useSignal(firstPageStands)
  const isWanted = useSignal(isModalLayerWanted)
  return (
    <>
      <Outlet />
      {(isTime || isWanted) && <Overlays />}
      {asksToSignIn && <SignInAgain />}
    </>
  )
}
