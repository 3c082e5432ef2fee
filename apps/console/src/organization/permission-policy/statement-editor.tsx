import type { PermissionStatement } from '@countinghouse/contract/organization/permission-policy.ts'
import {
  permissionActions,
  permissionResourceTypes,
} from '@countinghouse/contract/organization/permission-vocabulary.ts'
import { ActionIcon, MultiSelect, SegmentedControl, TagsInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useFieldProps } from '../../kit/form/field-props.tsx'
import { useForm } from '../../kit/form/form-context.ts'
import classes from './permission-policy.module.css'
import { isAllow } from './statement-words.ts'

type Props = { at: string; statement: PermissionStatement; remove: (() => void) | null }

const resources = ['*', ...permissionResourceTypes.map((type) => `${type}/*`)]

export function StatementEditor({ at, statement, remove }: Props) {
  const form = useForm()
  const action = useFieldProps({ name: `${at}.action` })
  const resource = useFieldProps({ name: `${at}.resource` })
  return (
    <div className={classes.editor}>
      <div className={classes.editorHead}>
        <SegmentedControl
          aria-label="Effect"
          value={isAllow(statement) ? 'allow' : 'deny'}
          onChange={(effect) => form.set(`${at}.effect`, effect)}
          data={[
            { value: 'allow', label: 'Allow' },
            { value: 'deny', label: 'Deny' },
          ]}
        />
        {remove && (
          <ActionIcon aria-label="Remove statement" onClick={remove}>
            <IconTrash size={15} stroke={1.6} />
          </ActionIcon>
        )}
      </div>
      <div className={classes.editorFields}>
        <MultiSelect
          {...action}
          data={[...permissionActions]}
          searchable
          clearable
          value={statement.action}
          onChange={(next) => form.set(`${at}.action`, next)}
          placeholder={statement.action.length === 0 ? 'config:retrieve' : ''}
        />
        <TagsInput
          {...resource}
          data={resources}
          clearable
          value={statement.resource}
          onChange={(next) => form.set(`${at}.resource`, next)}
          placeholder={statement.resource.length === 0 ? 'config:meter/*' : ''}
        />
      </div>
    </div>
  )
}
