/**
 * Chooses another entity by name. With `create`, a person who lacks it makes it and comes back with
 * it chosen; what was typed is kept.
 *
 *     <ReferenceField name="planTemplateId" resource={planTemplate} query={{ productId }} create="/pricing/plan-templates/create" />
 *     <ReferenceField name="productId" resource={product} blank="Global" />
 *     <ReferenceField name="currency" resource={currency} value={(row) => row.code} />
 */
import { Anchor, MultiSelect, Select } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Query } from '../api/client.ts'
import { schemaAt } from '../api/exact-json.ts'
import { useHref } from '../link.tsx'
import { type Entity, type ResourceShape, useByIds, useList } from '../query/resource.ts'
import { type FieldProps, useFieldProps } from './field-props.tsx'
import classes from './form.module.css'
import { useForm } from './form-context.ts'

type ReferenceFieldProps<Row> = FieldProps & {
  resource: ResourceShape
  query?: Query
  /** Word for "none chosen"; only for fields that may be empty. */
  blank?: string
  /** Path of the page that creates one. */
  create?: string
  itemLabel?: (row: Row) => string
  value?: (row: Row) => string
  filter?: (row: Row) => boolean
  onChosen?: (row: Row | undefined) => void
}

export function ReferenceField<Row extends { id: string } = Entity & { id: string }>(
  props: ReferenceFieldProps<Row>,
) {
  const form = useForm()
  const shared = useFieldProps(props)
  const [text, setText] = useState('')
  const source = useList<Row>(props.resource, props.query)
  const keyOf = props.value ?? ((row: Row) => row.id)
  const labelOf = props.itemLabel ?? nameOf
  const current = form.get(props.name)
  const known = useByIds<Row>(props.resource, props.value ? [] : [current].flat().filter(isText))
  const rows = withKnown(source.rows, known).filter(props.filter ?? (() => true))
  const options = rows.map((row) => ({ value: keyOf(row), label: labelOf(row) }))
  const isMany =
    (schemaAt(form.schema, props.name) as { type?: string } | undefined)?.type === 'array'
  const isMissing = !source.isLoading && source.rows.length === 0
  const one = props.resource.title.one.toLowerCase()
  const input = {
    ...shared,
    data: options,
    searchable: true,
    onSearchChange: (typed: string) => {
      setText(typed)
      if (typed !== '' && source.hasMore && !source.isLoadingMore) source.loadMore()
    },
    nothingFoundMessage: source.isLoading
      ? 'Loading'
      : `No ${one} ${text ? `like ${text}` : 'yet'}`,
    ...(props.create &&
      isMissing && {
        description: <CreateHint name={props.name} create={props.create} one={one} />,
      }),
  }
  if (isMany) {
    return (
      <MultiSelect
        {...input}
        value={(current as string[] | undefined) ?? []}
        onChange={(next) => form.set(props.name, next)}
        placeholder={props.placeholder ?? ''}
      />
    )
  }
  return (
    <Select
      {...input}
      value={isText(current) ? current : null}
      placeholder={props.blank ?? props.placeholder ?? `Choose a ${one}`}
      clearable={!shared.required}
      onChange={(next) => {
        form.set(props.name, next ?? '')
        props.onChosen?.(rows.find((row) => keyOf(row) === next))
      }}
    />
  )
}

type HintProps = { name: string; create: string; one: string }

function CreateHint({ name, create, one }: HintProps) {
  const form = useForm()
  const href = useHref()
  const navigate = useNavigate()
  return (
    <span className={classes.missing}>
      There is no {one} yet.{' '}
      <Anchor
        inherit
        component="button"
        type="button"
        onClick={() => void navigate({ href: `${href(create)}?${form.leaveToCreate(name)}` })}
      >
        Create a {one}
      </Anchor>{' '}
      and come back here.
    </span>
  )
}

function withKnown<Row extends { id: string }>(
  rows: Row[],
  known: ReadonlyMap<string, Row>,
): Row[] {
  return [...rows, ...[...known.values()].filter((row) => !rows.some((each) => each.id === row.id))]
}

function nameOf(row: object): string {
  const { name, code, id } = row as { name?: string; code?: string; id?: string }
  return name ?? code ?? id ?? ''
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
