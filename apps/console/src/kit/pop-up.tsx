/**
 * Opens a pop-up that is about the organization of the page. Pop-ups stand outside the page's tree,
 * so they are told which organization that is.
 *
 *     const popUp = usePopUp()
 *     popUp({ title: 'Run billing' }, (close) => <RunBillingForm close={close} />)
 */
import { useRouterState } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { openModal } from './modal.ts'
import { OrganizationContext, useOrganization } from './organization.ts'
import { PlaceContext } from './page/place.ts'

type PopUp = { title: string; size?: number }

export function usePopUp(): (popUp: PopUp, content: (close: () => void) => ReactNode) => void {
  const organization = useOrganization()
  return (popUp, content) => {
    const close = openModal({
      ...popUp,
      children: (
        <OrganizationContext value={organization}>
          <PlaceContext value="part">
            <EndsWithPage close={() => close()} />
            {content(() => close())}
          </PlaceContext>
        </OrganizationContext>
      ),
    })
  }
}

/** A link inside leads to another page; what was asked over the old one is over. */
function EndsWithPage({ close }: { close: () => void }) {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const [first] = useState(path)
  // Outside system: the stack of pop-ups, which lives in Mantine.
  useEffect(() => {
    if (path !== first) close()
  })
  return null
}
