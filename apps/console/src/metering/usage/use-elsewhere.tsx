/** A question taken elsewhere: as a link for a colleague, as a call for a program. */

import type { Meter } from '@countinghouse/contract/metering/meter.ts'
import { Button, Menu } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconChevronDown, IconLink, IconTerminal2 } from '@tabler/icons-react'
import { curlOf } from '../../kit/api/curl.ts'
import { CodeBlock } from '../../kit/code-block.tsx'
import { useHref } from '../../kit/link.tsx'
import { useOrganization } from '../../kit/organization.ts'
import { usePopUp } from '../../kit/pop-up.tsx'
import { savedToast } from '../../kit/toast.tsx'
import { type Question, toAddress, toQuery } from './question.ts'
import { useTableView } from './table-view.ts'

export function UseElsewhere({
  question,
  meters,
}: {
  question: Question
  meters: readonly Meter[]
}) {
  const { id } = useOrganization()
  const href = useHref()
  const popUp = usePopUp()
  const clipboard = useClipboard()
  const view = useTableView()
  const { origin } = window.location

  function copyLink() {
    const search = new URLSearchParams({ ask: toAddress(question), ...view })
    clipboard.copy(`${origin}${href('/metering/explorer')}?${search}`)
    savedToast('Link copied. It asks the same question and shows the same table.')
  }

  function showCall() {
    const body = JSON.stringify(toQuery(question, meters), null, 2)
    const call = curlOf(
      { method: 'POST', path: '/usage/query', body },
      `${origin}/organizations/${id}`,
    )
    popUp({ title: 'This query as an API call', size: 720 }, () => (
      <CodeBlock language="bash" code={call} />
    ))
  }

  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} />}>
          Use elsewhere
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconLink size={15} />} onClick={copyLink}>
          Copy link
        </Menu.Item>
        <Menu.Item leftSection={<IconTerminal2 size={15} />} onClick={showCall}>
          Copy as API call
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
