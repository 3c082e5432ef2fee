/** The statements of a policy in words. */
import type { PermissionStatement } from '@countinghouse/contract/organization/permission-policy.ts'
import { State } from '../../kit/format/state.tsx'
import { Panel } from '../../kit/page/page.tsx'
import classes from './permission-policy.module.css'
import { actionWords, isAllow, resourceWords } from './statement-words.ts'

export function Statements({
  title,
  statements,
}: {
  title: string
  statements: PermissionStatement[]
}) {
  return (
    <Panel title={title} help="A deny wins over every allow, wherever it comes from." flush>
      {statements.map((statement, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: statements have no identity but their place
        <div key={index} className={classes.statement}>
          <State tone={isAllow(statement) ? 'good' : 'bad'}>
            {isAllow(statement) ? 'Allow' : 'Deny'}
          </State>
          <span>
            {isAllow(statement) ? 'May ' : 'May not '}
            <b>{actionWords(statement.action) || '…'}</b> on{' '}
            <b>{resourceWords(statement.resource) || '…'}</b>
          </span>
        </div>
      ))}
    </Panel>
  )
}
