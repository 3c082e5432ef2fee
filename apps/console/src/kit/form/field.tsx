/**
 * One field, drawn from its schema: label, tooltip, required mark and kind of input all come from
 * the contract. `name` is the path in the values (`dataFields.0.code`).
 *
 *     <Field name="name" />                              text, long text, whole number, exact decimal, yes/no, day, choice
 *     <Field name="rounding" labels={{ NEAREST: 'To the nearest' }} />
 *     <Field name="standingCharge" unit={currency} placeholder="inherit: 10.00" wide />
 *     <Field name={`${at}.code`} hideLabel />            inside Rows, where the column has a head
 *     <Field name="email" only={['A', 'B']} />           restricts the choices of an enum
 */
import {
  Input,
  MultiSelect,
  NumberInput,
  Select,
  Switch,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core'
import type { TSchema } from 'typebox'
import { isExact, schemaAt } from '../api/exact-json.ts'
import { words } from '../format/state.tsx'
import { DayField } from './day-field.tsx'
import { type FieldProps, type SchemaFacts, useFieldProps } from './field-props.tsx'
import classes from './form.module.css'
import { useForm } from './form-context.ts'

export function Field(props: FieldProps) {
  const form = useForm()
  const schema = schemaAt(form.schema, props.name) as (TSchema & SchemaFacts) | undefined
  const shared = useFieldProps(props)
  const value = form.get(props.name)
  const set = (next: unknown) => form.set(props.name, next)
  const text = value === undefined || value === null ? '' : String(value)
  const placeholder = props.placeholder ?? ''

  if (schema?.type === 'boolean') return <FlagField {...props} />
  if (schema?.enum) {
    const options = choices(schema.enum, props)
    return (
      <Select
        {...shared}
        data={options}
        value={text || null}
        placeholder={placeholder || 'Choose'}
        onChange={set}
        clearable={!shared.required}
        searchable={options.length > 8}
      />
    )
  }
  if (schema?.type === 'array' && (schema.items as SchemaFacts | undefined)?.enum) {
    const options = choices((schema.items as SchemaFacts).enum ?? [], props)
    return (
      <MultiSelect
        {...shared}
        data={options}
        value={(value as string[] | undefined) ?? []}
        onChange={set}
      />
    )
  }
  if (schema?.type === 'array') {
    return (
      <TagsInput
        {...shared}
        value={(value as string[] | undefined) ?? []}
        onChange={set}
        placeholder={placeholder}
      />
    )
  }
  if (schema?.format === 'date' || schema?.format === 'date-time')
    return <DayField {...props} asInstant={schema.format === 'date-time'} />
  if (schema?.type === 'integer') {
    return (
      <NumberInput
        {...shared}
        allowDecimal={false}
        value={(value as number | string | undefined) ?? ''}
        onChange={set}
        placeholder={placeholder}
        {...unitSection(props.unit)}
      />
    )
  }
  if (isExact(schema)) {
    return (
      <TextInput
        {...shared}
        classNames={{ input: classes.number ?? '' }}
        inputMode="decimal"
        autoComplete="off"
        value={text}
        placeholder={placeholder}
        onChange={(event) => set(event.currentTarget.value.replaceAll(/[,\s]/g, ''))}
        {...unitSection(props.unit)}
      />
    )
  }
  if ((schema?.maxLength ?? 0) > 300 && schema?.format !== 'email') {
    return (
      <Textarea
        {...shared}
        value={text}
        placeholder={placeholder}
        onChange={(event) => set(event.currentTarget.value)}
      />
    )
  }
  const isCode = /(^|\.)code$/i.test(props.name)
  return (
    <TextInput
      {...shared}
      classNames={isCode ? { input: classes.mono ?? '' } : {}}
      type={schema?.format === 'email' ? 'email' : 'text'}
      autoComplete="off"
      value={text}
      placeholder={placeholder}
      onChange={(event) => set(event.currentTarget.value)}
      {...unitSection(props.unit)}
    />
  )
}

function unitSection(unit: string | undefined) {
  if (!unit) return {}
  return {
    rightSection: <span className={classes.inputUnit}>{unit}</span>,
    rightSectionWidth: unit.length * 8 + 20,
    rightSectionPointerEvents: 'none' as const,
  }
}

function choices(values: readonly string[], { labels, only }: FieldProps) {
  return values
    .filter((value) => only?.includes(value) ?? true)
    .map((value) => ({ value, label: labels?.[value] ?? words(value) }))
}

function FlagField(props: FieldProps) {
  const form = useForm()
  const shared = useFieldProps(props)
  return (
    <Input.Wrapper
      className={[classes.flag, shared.className].filter(Boolean).join(' ')}
      error={shared.error}
      description={props.note ?? null}
    >
      <Switch
        id={shared.id}
        label={props.hideLabel ? undefined : shared.label}
        aria-label={shared['aria-label']}
        checked={Boolean(form.get(props.name))}
        disabled={shared.disabled}
        onFocus={shared.onFocus}
        onBlur={shared.onBlur}
        onChange={(event) => form.set(props.name, event.currentTarget.checked)}
      />
    </Input.Wrapper>
  )
}
