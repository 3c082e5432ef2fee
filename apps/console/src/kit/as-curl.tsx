/**
 * Copies the call that the page makes, as cURL (console F7).
 *
 *     <AsCurl call={{ path: '/bills', query }} />         an icon, in toolbars
 *     <AsCurl call={form.call} label="Copy as cURL" />   with words, in forms
 */
import { ActionIcon, Button, CopyButton } from '@mantine/core'
import { IconCheck, IconTerminal2 } from '@tabler/icons-react'
import { type ApiCall, curlOf } from './api/curl.ts'
import { useOrganization } from './organization.ts'

export function AsCurl({ call, label }: { call: ApiCall; label?: string }) {
  const { id } = useOrganization()
  return (
    <CopyButton
      value={curlOf(call, `${window.location.origin}/organizations/${id}`)}
      timeout={1400}
    >
      {({ copied, copy }) => {
        const icon = copied ? <IconCheck size={15} /> : <IconTerminal2 size={15} />
        if (label !== undefined) {
          return (
            <Button variant="subtle" leftSection={icon} onClick={copy}>
              {copied ? 'Copied' : label}
            </Button>
          )
        }
        return (
          <ActionIcon
            aria-label="Copy as cURL"
            data-tip={copied ? 'Copied' : 'Copy as cURL'}
            onClick={copy}
          >
            {icon}
          </ActionIcon>
        )
      }}
    </CopyButton>
  )
}
