/** The usage data explorer: put a question together, see chart and table, keep it (console 4.5). */

import { type Meter, meter } from '@countinghouse/contract/metering/meter.ts'
import { usageFunctions } from '@countinghouse/contract/metering/usage-query.ts'
import { Button, UnstyledButton } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconChevronUp, IconGauge, IconPencil, IconPlayerPlay } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ButtonLink } from '../../kit/link.tsx'
import { Page } from '../../kit/page/page.tsx'
import { PageHead } from '../../kit/page/page-head.tsx'
import { EmptyLesson, Lines } from '../../kit/page/states.tsx'
import { useSearchText } from '../../kit/params.ts'
import { useEvery } from '../../kit/query/every.ts'
import { closer } from './closer.ts'
import classes from './explorer.module.css'
import { useUsage } from './queries.ts'
import {
  fieldsOf,
  firstQuestion,
  fromAddress,
  functionsFor,
  type Question,
  toAddress,
  toQuery,
} from './question.ts'
import { QuestionForm } from './question-form.tsx'
import { inWords } from './question-words.ts'
import { Results } from './results.tsx'
import { SavedQueries } from './saved-queries.tsx'
import { useTableView } from './table-view.ts'
import { UseElsewhere } from './use-elsewhere.tsx'

export function UsageExplorerPage() {
  const meters = useEvery<Meter>(meter)
  const start = withFirstAggregation(useAskedFor(), meters.rows)
  const shown = fromAddress(useSearchText('ask')) ?? start
  const [typed, setTyped] = useState<Question | null>(null)
  const question = typed ?? shown
  const [isOpen, setOpen] = useState(false)
  const [zoomedFrom, setZoomedFrom] = useState<Question | null>(null)
  const savedId = useSearchText('saved')
  const view = useTableView()
  const navigate = useNavigate()
  // Back in the browser leads to the whole too.
  const whole = zoomedFrom && toAddress(zoomedFrom) !== toAddress(shown) ? zoomedFrom : null
  const usage = useUsage(
    isWhole(shown) && meters.rows.length > 0 ? toQuery(shown, meters.rows) : null,
  )
  // The question stands in the address: a link asks the same, and back returns to the one before.
  const ask = (next: Question, { saved = savedId, before = null }: Asked = {}) => {
    if (!isWhole(next)) return
    setTyped(null)
    setOpen(false)
    setZoomedFrom(before)
    // How the table stands is no part of the question, so it stays.
    void navigate({
      to: '.',
      search: { ask: toAddress(next), ...(saved && { saved }), ...view } as never,
      resetScroll: false,
    })
    if (toAddress(next) === toAddress(shown)) void usage.refetch()
  }
  useHotkeys([['mod+Enter', () => ask(question)]], [])
  const hasChanged = typed !== null && toAddress(typed) !== toAddress(shown)
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
              openedId={savedId}
              open={(next, saved) => ask(next, { saved })}
              keptAs={(saved) => ask(question, { saved })}
            />
            <UseElsewhere question={question} meters={meters.rows} />
            <Button
              data-tip={
                isWhole(question) ? 'Ctrl Enter' : 'Choose the first and the last day first.'
              }
              leftSection={<IconPlayerPlay size={15} />}
              loading={usage.isFetching}
              {...(!isWhole(question) && { 'data-disabled': true })}
              aria-disabled={!isWhole(question)}
              onClick={() => ask(question)}
            >
              Run
            </Button>
          </>
        }
      />
      {!meters.isLoading && meters.rows.length === 0 ? (
        <EmptyLesson
          icon={IconGauge}
          title="No meter yet"
          text="Meters take in what your systems measure. As soon as one has measurements, you can chart and table them here."
          action={<ButtonLink to="/metering/meters/create">Create meter</ButtonLink>}
          docs="guides/meters"
        />
      ) : (
        <div className={classes.layout} data-open={isOpen || undefined}>
          <UnstyledButton
            className={classes.open ?? ''}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {inWords(question, meters.rows)}
            {isOpen ? <IconChevronUp size={15} /> : <IconPencil size={15} />}
          </UnstyledButton>
          {meters.isLoading ? (
            <div className={classes.form}>
              <Lines count={9} />
            </div>
          ) : (
            <QuestionForm
              question={question}
              onChange={setTyped}
              meters={meters.rows}
              run={() => ask(question)}
            />
          )}
          <div className={classes.results}>
            {hasChanged && (
              <p className={classes.changed} role="status">
                The query has changed. Run it to see what it gives; below is the answer to the one
                before.
              </p>
            )}
            <Results
              usage={usage}
              question={shown}
              meters={meters.rows}
              zoom={(first, last, steps) =>
                ask(closer(shown, first, last, steps), { before: whole ?? shown })
              }
              zoomOut={whole && (() => ask(whole))}
            />
          </div>
        </div>
      )}
    </Page>
  )
}

type Asked = {
  /** The saved query that it goes by. */
  saved?: string | undefined
  /** The question of which it is a closer look. */
  before?: Question | null
}

function isWhole({ timePeriod, from, to }: Question): boolean {
  return timePeriod !== 'CUSTOM' || (from !== null && to !== null)
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
