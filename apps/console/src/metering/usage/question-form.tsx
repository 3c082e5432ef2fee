/** The parts of a usage question: when, whose, what is worked out, by what it is split. */

import type { DataField, Meter } from '@countinghouse/contract/metering/meter.ts'
import { usageFrequencies, usageTimePeriods } from '@countinghouse/contract/metering/usage-query.ts'
import {
  ActionIcon,
  Button,
  MultiSelect,
  NumberInput,
  Select,
  Switch,
  TagsInput,
} from '@mantine/core'
import { DatePickerInput } from '@mantine/dates'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { AccountMultiSelect } from '../../kit/form/account-select.tsx'
import { words } from '../../kit/format/state.tsx'
import { useAnswer } from '../../kit/query/resource.ts'
import classes from './explorer.module.css'
import { lastDays } from './period.ts'
import { type FieldChoice, fieldsOf, functionsFor, isNumeric, type Question } from './question.ts'

type QuestionFormProps = {
  question: Question
  onChange: (question: Question) => void
  meters: readonly Meter[]
  run: () => void
}

export function QuestionForm({ question, onChange, meters, run }: QuestionFormProps) {
  const set = (change: Partial<Question>) => onChange({ ...question, ...change })
  const groupable = (field: DataField) => !isNumeric(field) && field.category !== 'METADATA'
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        run()
      }}
    >
      <Select
        label="Time period"
        data={[
          ...usageTimePeriods.map((value) => ({ value, label: words(value) })),
          { value: 'CUSTOM', label: 'Between two days' },
        ]}
        value={question.timePeriod}
        onChange={(next) =>
          set({ timePeriod: next ?? 'LAST_30_DAYS', ...(next === 'CUSTOM' && daysOf(question)) })
        }
      />
      {question.timePeriod === 'CUSTOM' && (
        <DatePickerInput
          type="range"
          label="Days, both included"
          value={[question.from, question.to]}
          valueFormat="D MMM YYYY"
          onChange={([from, to]) => set({ from, to })}
          error={(!question.from || !question.to) && 'Choose the first and the last day.'}
        />
      )}
      <AccountMultiSelect
        label="Accounts"
        placeholder="All accounts"
        value={question.accountIds}
        onChange={(accountIds) => set({ accountIds })}
      />
      {question.aggregations.length === 0 && (
        <MultiSelect
          label="Meters"
          placeholder={question.meterIds.length === 0 ? 'All meters' : ''}
          data={meters.map((row) => ({ value: row.id, label: row.name }))}
          value={question.meterIds}
          searchable
          onChange={(meterIds) => set({ meterIds })}
        />
      )}
      <Part
        title="Worked out"
        add="Add a figure"
        onAdd={() =>
          set({
            aggregations: [...question.aggregations, { ...emptyChoice(meters), function: 'SUM' }],
          })
        }
      >
        {question.aggregations.map((each, at) => (
          <Row
            key={String(at)}
            remove={() => set({ aggregations: question.aggregations.toSpliced(at, 1) })}
          >
            <FieldSelect
              meters={meters}
              value={each}
              fits={() => true}
              onChange={(choice, field) => {
                const [first = 'SUM'] = functionsFor(field)
                set({
                  aggregations: question.aggregations.with(at, {
                    ...choice,
                    function: functionsFor(field).includes(each.function) ? each.function : first,
                  }),
                })
              }}
            />
            <Select
              aria-label="Function"
              data={functionsFor(
                fieldsOf(meters.find((row) => row.id === each.meterId)).find(
                  (field) => field.code === each.fieldCode,
                ),
              ).map((value) => ({ value, label: words(value) }))}
              value={each.function}
              onChange={(next) =>
                next &&
                set({ aggregations: question.aggregations.with(at, { ...each, function: next }) })
              }
            />
          </Row>
        ))}
        {question.aggregations.length === 0 && (
          <p className={classes.hint}>Without a figure, the measurements themselves are listed.</p>
        )}
      </Part>
      {question.aggregations.length > 0 && (
        <Part
          title="Split by"
          add="Add a dimension"
          onAdd={() =>
            set({ dimensions: [...question.dimensions, { meterId: '', fieldCode: '' }] })
          }
        >
          <Select
            aria-label="Time"
            data={[
              { value: '', label: 'Not by time' },
              ...usageFrequencies.map((value) => ({ value, label: `By ${value.toLowerCase()}` })),
            ]}
            value={question.frequency}
            onChange={(next) =>
              set({ frequency: usageFrequencies.find((each) => each === next) ?? '' })
            }
          />
          <Switch
            label="By account"
            checked={question.byAccount}
            onChange={(event) => set({ byAccount: event.currentTarget.checked })}
            my={8}
          />
          {question.dimensions.map((each, at) => (
            <Row
              key={String(at)}
              remove={() => set({ dimensions: question.dimensions.toSpliced(at, 1) })}
            >
              <FieldSelect
                meters={meters}
                value={each}
                fits={groupable}
                onChange={(choice) => set({ dimensions: question.dimensions.with(at, choice) })}
              />
            </Row>
          ))}
        </Part>
      )}
      <Part
        title="Only where"
        add="Add a filter"
        onAdd={() =>
          set({ filters: [...question.filters, { meterId: '', fieldCode: '', values: [] }] })
        }
      >
        {question.filters.map((each, at) => (
          <Row key={String(at)} remove={() => set({ filters: question.filters.toSpliced(at, 1) })}>
            <FieldSelect
              meters={meters}
              value={each}
              fits={groupable}
              onChange={(choice) =>
                set({ filters: question.filters.with(at, { ...choice, values: [] }) })
              }
            />
            <ValuesField
              choice={each}
              values={each.values}
              onChange={(values) =>
                set({ filters: question.filters.with(at, { ...each, values }) })
              }
            />
          </Row>
        ))}
      </Part>
      <NumberInput
        label="At most rows"
        min={1}
        max={20_000}
        value={question.limit}
        onChange={(next) => set({ limit: Number(next) || 1000 })}
      />
    </form>
  )
}

/** Days to begin with, where none were chosen before: the last thirty. */
function daysOf({ from, to }: Question): Pick<Question, 'from' | 'to'> {
  if (from && to) return { from, to }
  const { startDate } = lastDays(30, Date.now())
  return { from: startDate.slice(0, 10), to: Temporal.Now.plainDateISO('UTC').toString() }
}

function emptyChoice(meters: readonly Meter[]): FieldChoice {
  const [first] = meters
  const field = fieldsOf(first).find(isNumeric)
  return { meterId: first?.id ?? '', fieldCode: field?.code ?? '' }
}

function Part({
  title,
  add,
  onAdd,
  children,
}: {
  title: string
  add: string
  onAdd: () => void
  children: ReactNode
}) {
  return (
    <fieldset className={classes.part}>
      <legend>{title}</legend>
      {children}
      <Button
        size="xs"
        variant="subtle"
        px={6}
        leftSection={<IconPlus size={14} />}
        onClick={onAdd}
      >
        {add}
      </Button>
    </fieldset>
  )
}

function Row({ remove, children }: { remove: () => void; children: ReactNode }) {
  return (
    <div className={classes.row}>
      <div>{children}</div>
      <ActionIcon aria-label="Remove" onClick={remove}>
        <IconX size={14} />
      </ActionIcon>
    </div>
  )
}

type FieldSelectProps = {
  meters: readonly Meter[]
  value: FieldChoice
  fits: (field: DataField) => boolean
  onChange: (choice: FieldChoice, field: DataField | undefined) => void
}

function FieldSelect({ meters, value, fits, onChange }: FieldSelectProps) {
  const groups = meters.map((row) => ({
    group: row.name,
    items: fieldsOf(row)
      .filter(fits)
      .map((field) => ({ value: `${row.id}/${field.code}`, label: field.name })),
  }))
  return (
    <Select
      aria-label="Field"
      placeholder="Choose a field"
      searchable
      data={groups.filter((group) => group.items.length > 0)}
      value={value.fieldCode ? `${value.meterId}/${value.fieldCode}` : null}
      onChange={(next) => {
        const [meterId = '', fieldCode = ''] = (next ?? '').split('/')
        onChange(
          { meterId, fieldCode },
          fieldsOf(meters.find((row) => row.id === meterId)).find(
            (field) => field.code === fieldCode,
          ),
        )
      }}
    />
  )
}

/** Values as they really occur are offered; others may be typed. */
function ValuesField({
  choice,
  values,
  onChange,
}: {
  choice: FieldChoice
  values: string[]
  onChange: (values: string[]) => void
}) {
  const answer = useAnswer<{ data: { value: string }[] }>('/usage/fieldvalues', choice, {
    enabled: choice.fieldCode !== '',
  })
  return (
    <TagsInput
      aria-label="Values"
      placeholder={values.length === 0 ? 'Values' : ''}
      data={answer.data?.data.map((each) => each.value) ?? []}
      value={values}
      onChange={onChange}
    />
  )
}
