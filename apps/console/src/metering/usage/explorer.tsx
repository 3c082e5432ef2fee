/** The usage data explorer: put a question together, see chart and table, keep it (console 4.5). */

import { type Account, account } from '@countinghouse/contract/accounts/account.ts'
import { type Meter, meter } from '@countinghouse/contract/metering/meter.ts'
import { usageFunctions } from '@countinghouse/contract/metering/usage-query.ts'
import { Button, Menu } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconCode, IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { CodeBlock } from '../../kit/code-block.tsx'
import { useOrganization } from '../../kit/organization.ts'
import { Page } from '../../kit/page/page.tsx'
import { PageHead } from '../../kit/page/page-head.tsx'
import { useSearchText } from '../../kit/params.ts'
import { useEvery } from '../../kit/query/every.ts'
import { usePages } from '../../kit/query/resource.ts'
import classes from './explorer.module.css'
import { useUsage } from './queries.ts'
import { fieldsOf, firstQuestion, functionsFor, type Question, toQuery } from './question.ts'
import { QuestionForm } from './question-form.tsx'
import { Results } from './results.tsx'
import { SavedQueries } from './saved-queries.tsx'

export function UsageExplorerPage() {
  const { id } = useOrganization()
  const meters = useEvery<Meter>(meter)
  const accounts = usePages<Account>(account.path, { pageSize: 100 })
  const asked = useAskedFor()
  const [typed, setTyped] = useState<Question | null>(null)
  const [run, setRun] = useState<Question | null>(null)
  const start = withFirstAggregation(asked, meters.rows)
  const question = typed ?? start
  const shown = run ?? start
  const isReady =
    meters.rows.length > 0 &&
    (shown.timePeriod !== 'CUSTOM' || (shown.from !== null && shown.to !== null))
  const usage = useUsage(isReady ? toQuery(shown, meters.rows) : null)
  const call = `curl -X POST '${window.location.origin}/organizations/${id}/usage/query' \\\n  -H "Authorization: Bearer $TOKEN" \\\n  -H 'Content-Type: application/json' \\\n  -d '${JSON.stringify(toQuery(question, meters.rows), null, 2)}'`
  return (
    <Page>
      <PageHead
        trail={[{ title: 'Metering' }]}
        title="Usage data explorer"
        lead="By the time of each measurement, in UTC. Late data counts where its time lies."
        actions={
          <>
            <SavedQueries
              current={toQuery(question, meters.rows)}
              open={(next) => {
                setTyped(next)
                setRun(next)
              }}
            />
            <Menu>
              <Menu.Target>
                <Button variant="default" leftSection={<IconCode size={15} />}>
                  Use elsewhere
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item
                  onClick={() =>
                    modals.open({
                      title: 'This query as an API call',
                      size: 720,
                      children: <CodeBlock language="bash" code={call} />,
                    })
                  }
                >
                  Copy as API call
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
            <Button
              leftSection={<IconPlayerPlay size={15} />}
              loading={usage.isFetching}
              onClick={() => setRun(question)}
            >
              Run
            </Button>
          </>
        }
      />
      <div className={classes.layout}>
        <QuestionForm
          question={question}
          onChange={setTyped}
          meters={meters.rows}
          accounts={accounts.rows}
        />
        <Results usage={usage} question={shown} meters={meters.rows} />
      </div>
    </Page>
  )
}

type AskedFor = {
  meterId: string | undefined
  fieldCode: string | undefined
  method: string | undefined
}

function useAskedFor(): AskedFor {
  return {
    meterId: useSearchText('meter'),
    fieldCode: useSearchText('field'),
    method: useSearchText('function'),
  }
}

/** The explorer opens with an answer: the first number of the first meter, or what a link asks for. */
function withFirstAggregation(
  { meterId, fieldCode, method }: AskedFor,
  meters: readonly Meter[],
): Question {
  const chosen = meters.find((each) => each.id === meterId) ?? meters[0]
  const fields = fieldsOf(chosen)
  const field =
    fields.find((each) => each.code === fieldCode) ??
    fields.find((each) => functionsFor(each).includes('SUM')) ??
    fields[0]
  if (!chosen || !field) return firstQuestion
  const wanted = usageFunctions.find((each) => each === method)
  const offered = functionsFor(field)
  const first = wanted && offered.includes(wanted) ? wanted : offered[0]
  return first
    ? {
        ...firstQuestion,
        aggregations: [{ meterId: chosen.id, fieldCode: field.code, function: first }],
      }
    : firstQuestion
}
