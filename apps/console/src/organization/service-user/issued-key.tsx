/** Organization, key and secret of a new access key; the secret is shown here and never again. */
import { Alert, Button, CopyButton, Group, Modal } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { CodeBlock } from '../../kit/code-block.tsx'
import classes from './service-user.module.css'

export type NewKey = { orgId: string; accessKeyId: string; apiSecret: string }

export function NewKeyDialog({ made, close }: { made: NewKey; close: () => void }) {
  return (
    <Modal
      opened
      onClose={close}
      title="Access key"
      size={620}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Alert color="ochre" mb="md">
        Copy the secret now. It is kept only as a hash and cannot be shown again.
      </Alert>
      <Line title="Organization ID" text={made.orgId} />
      <Line title="Access key ID" text={made.accessKeyId} />
      <Line title="API secret" text={made.apiSecret} />
      <p className={classes.try}>Try it:</p>
      <CodeBlock language="bash" code={sample(made)} />
      <Group justify="flex-end" mt="md">
        <Button onClick={close}>I have copied it</Button>
      </Group>
    </Modal>
  )
}

function sample({ accessKeyId, apiSecret }: NewKey): string {
  return `curl -s ${window.location.origin}/oauth/token \\\n  -u '${accessKeyId}:${apiSecret}' \\\n  -d grant_type=client_credentials`
}

function Line({ title, text }: { title: string; text: string }) {
  return (
    <div className={classes.line}>
      <span>{title}</span>
      <code>{text}</code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            size="xs"
            variant="default"
            leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            onClick={copy}
            aria-label={`Copy ${title}`}
          >
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
    </div>
  )
}
