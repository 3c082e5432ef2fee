/** What every kind of input shares: label, tooltip, required mark, problem, focus and blur. */
import type { MouseEvent } from 'react'
import type { TSchema } from 'typebox'
import { schemaAt } from '../api/exact-json.ts'
import { words } from '../format/state.tsx'
import { FieldLabel } from './field-label.tsx'
import classes from './form.module.css'
import { useForm } from './form-context.ts'

export type FieldProps = {
  name: string
  /** Both columns of the section. */
  wide?: boolean
  /** In rows below column heads: the label shows on phones only. */
  hideLabel?: boolean
  label?: string
  placeholder?: string
  /** Small text at the end of the input. */
  unit?: string
  /** Words for the values of a choice. */
  labels?: Record<string, string>
  only?: readonly string[]
  disabled?: boolean
  /** Where this form wants what the contract leaves open. */
  required?: boolean
  /** One sentence below, for what depends on other fields. */
  note?: string | undefined
  autoFocus?: boolean
  onFocus?: () => void
}

export type SchemaFacts = {
  type?: string
  title?: string
  description?: string
  enum?: string[]
  format?: string
  maxLength?: number
  maximum?: number
  items?: TSchema
}

/** Label, required mark, problem, focus and blur: what every kind of input shares. */
export function useFieldProps(props: FieldProps) {
  const form = useForm()
  const required = props.required ?? isRequired(form.schema, props.name)
  const problem = form.problems[props.name]
  const schema = schemaAt(form.schema, props.name) as SchemaFacts | undefined
  const title = props.label ?? schema?.title ?? words(props.name.split('.').at(-1) ?? props.name)
  const label = {
    label: <FieldLabel title={title} help={schema?.description} />,
    ...(props.hideLabel && {
      'aria-label': title,
      labelProps: { className: classes.rowLabel ?? '' },
    }),
  }
  return {
    id: `field-${props.name}`,
    className: (props.wide ? classes.wide : undefined) ?? '',
    required,
    error: problem ?? false,
    disabled: props.disabled ?? false,
    'data-autofocus': props.autoFocus || undefined,
    onFocus: () => {
      form.focus(props.name)
      props.onFocus?.()
    },
    onBlur: () => form.blur(props.name),
    onClick: selectSearchText,
    ...(props.note ? { description: props.note } : {}),
    ...label,
  }
}

/** A click into a searchable choice makes ready to type over what is chosen. */
function selectSearchText(event: MouseEvent<HTMLElement>) {
  const input = event.target
  const opensList =
    input instanceof HTMLInputElement && input.getAttribute('aria-haspopup') === 'listbox'
  if (opensList) input.select()
}

export function isRequired(schema: TSchema, path: string): boolean {
  const parts = path.split('.')
  const last = parts.pop() ?? ''
  const parent = parts.length === 0 ? schema : schemaAt(schema, parts.join('.'))
  return ((parent as { required?: string[] } | undefined)?.required ?? []).includes(last)
}
