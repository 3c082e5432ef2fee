/** The code, proposed from the name when the field gets the focus and is still empty (console 3.3). */
import { Field } from './field.tsx'
import type { FieldProps } from './field-props.tsx'
import { useForm } from './form-context.ts'

type CodeFieldProps = Omit<FieldProps, 'name'> & { name?: string; from?: string }

export function CodeField({ name = 'code', from = 'name', ...props }: CodeFieldProps) {
  const form = useForm()
  function propose() {
    const source = form.get(from)
    if (form.get(name) || typeof source !== 'string' || source === '') return
    form.set(name, codeFrom(source))
    selectAll(`field-${name}`)
  }
  return <Field name={name} {...props} onFocus={propose} />
}

/** Typing replaces what was proposed, instead of going on at its end. */
export function selectAll(id: string): void {
  requestAnimationFrame(() => {
    const input = document.getElementById(id)
    if (input instanceof HTMLInputElement && input === document.activeElement) input.select()
  })
}

/** Lower case, spaces to _, other characters dropped, no digit first. */
export function codeFrom(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\s-]+/g, '_')
    .replace(/[^a-z0-9_]/g, '')
    .replace(/^(\d)/, '_$1')
    .slice(0, 80)
}
