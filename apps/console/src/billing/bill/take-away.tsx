/** Carries an explanation out of the page: as text for the customer, as a link for a colleague. */
import type { LineExplanationAnswer } from '@countinghouse/contract/billing/line-explanation.ts'
import { Button, CopyButton } from '@mantine/core'
import { IconCheck, IconClipboardText, IconLink } from '@tabler/icons-react'
import { useOrganization } from '../../kit/organization.ts'
import classes from './bill.module.css'
import { explanationText } from './explanation-text.ts'

export function TakeAway({ why }: { why: LineExplanationAnswer }) {
  const { currencyPlaces } = useOrganization()
  return (
    <div className={classes.takeAway}>
      <Copy
        text={explanationText(why, currencyPlaces)}
        label="Copy as text"
        icon={IconClipboardText}
      />
      <Copy text={window.location.href} label="Copy link to this line" icon={IconLink} />
    </div>
  )
}

type CopyProps = { text: string; label: string; icon: typeof IconLink }

function Copy({ text, label, icon: Icon }: CopyProps) {
  return (
    <CopyButton value={text} timeout={1400}>
      {({ copied, copy }) => (
        <Button
          variant="subtle"
          size="xs"
          leftSection={copied ? <IconCheck size={14} /> : <Icon size={14} />}
          onClick={copy}
        >
          {copied ? 'Copied' : label}
        </Button>
      )}
    </CopyButton>
  )
}
