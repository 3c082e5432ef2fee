/**
 * Editor for calculations: highlighting, completions, problems with their place, checked by the real
 * parser of the engine as the person types.
 *
 *     <ExpressionField name="calculation" scope={scope} />             inside a form
 *     <ExpressionEditor value onChange scope label="Calculation" />    anywhere
 *     <ExpressionText text={field.calculation} />                      read-only, on a details page
 *
 * `scope` comes from `@countinghouse/engine/calculation/scope.ts`. Beside the editor a list of all
 * names can be shown with `<NameList scope={scope} insert={…} />` (see name-list.tsx).
 */
import { checkText } from '@countinghouse/engine/calculation/check.ts'
import { type Completion, completions } from '@countinghouse/engine/calculation/completions.ts'
import type { Problem } from '@countinghouse/engine/calculation/problem.ts'
import type { Scope } from '@countinghouse/engine/calculation/scope.ts'
import { Input } from '@mantine/core'
import clsx from 'clsx'
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { useFieldProps } from '../form/field-props.tsx'
import { useForm } from '../form/form-context.ts'
import classes from './expression-editor.module.css'
import { Highlighted } from './highlighted.tsx'

type ExpressionEditorProps = {
  value: string
  onChange: (value: string) => void
  scope: Scope
  label: string
  id?: string
  placeholder?: string
  onFocus?: () => void
  onBlur?: () => void
  minRows?: number
}

export function ExpressionField({
  name,
  scope,
  placeholder,
}: {
  name: string
  scope: Scope
  placeholder?: string
}) {
  const form = useForm()
  const { label, error, id, required, onFocus, onBlur } = useFieldProps({ name, wide: true })
  return (
    <Input.Wrapper
      className={classes.wide ?? ''}
      label={label}
      error={error}
      id={id}
      required={required}
      labelElement="div"
    >
      <ExpressionEditor
        id={id}
        label="Calculation"
        value={String(form.get(name) ?? '')}
        onChange={(value) => form.set(name, value)}
        scope={scope}
        onFocus={onFocus}
        onBlur={onBlur}
        {...(placeholder ? { placeholder } : {})}
      />
    </Input.Wrapper>
  )
}

export function ExpressionEditor(props: ExpressionEditorProps) {
  const { value, onChange, scope, minRows = 3 } = props
  const area = useRef<HTMLTextAreaElement>(null)
  const listId = useId()
  const [offer, setOffer] = useState<Offer | null>(null)
  const [active, setActive] = useState(0)
  const problems = value.trim() === '' ? [] : checkText(value, scope).problems

  function propose(text: string, caret: number) {
    const typed = /[\p{L}_$][\p{L}_$0-9.]*$/u.exec(text.slice(0, caret))?.[0] ?? ''
    const found =
      typed === ''
        ? []
        : completions(scope)
            .filter((each) => fits(each, typed))
            .slice(0, 8)
    setActive(0)
    setOffer(
      found.length > 0 && found[0]?.text !== typed
        ? { from: caret - typed.length, to: caret, found }
        : null,
    )
  }

  function take(chosen: Completion | undefined) {
    if (!chosen || !offer) return
    const next = value.slice(0, offer.from) + chosen.text + value.slice(offer.to)
    const caret = offer.from + chosen.text.length
    onChange(next)
    setOffer(null)
    requestAnimationFrame(() => {
      area.current?.focus()
      area.current?.setSelectionRange(caret, caret)
    })
  }

  function onKeyDown(event: KeyboardEvent) {
    if (!offer) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) setActive((active + step + offer.found.length) % offer.found.length)
    else if (event.key === 'Enter' || event.key === 'Tab') take(offer.found[active])
    else if (event.key === 'Escape') setOffer(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className={classes.editor} data-problem={problems.length > 0 || undefined}>
      <div className={classes.layers}>
        <pre className={classes.under} aria-hidden="true">
          <Highlighted text={value} problems={problems} />{' '}
        </pre>
        <textarea
          ref={area}
          id={props.id}
          className={classes.area}
          aria-label={props.label}
          aria-invalid={problems.length > 0}
          aria-describedby={`${listId}-problems`}
          aria-autocomplete="list"
          aria-controls={offer ? listId : undefined}
          placeholder={props.placeholder}
          spellCheck={false}
          autoCapitalize="off"
          rows={Math.max(minRows, value.split('\n').length)}
          value={value}
          onChange={(event) => {
            onChange(event.currentTarget.value)
            propose(event.currentTarget.value, event.currentTarget.selectionStart)
          }}
          onKeyDown={onKeyDown}
          onFocus={props.onFocus}
          onBlur={() => {
            setOffer(null)
            props.onBlur?.()
          }}
        />
      </div>
      {offer && <Offers id={listId} offer={offer} active={active} take={take} />}
      <ProblemLines
        id={`${listId}-problems`}
        problems={problems}
        show={(problem) => select(area.current, problem)}
      />
    </div>
  )
}

export function ExpressionText({ text }: { text: string }) {
  return (
    <pre className={clsx(classes.under, classes.still)}>
      <Highlighted text={text} problems={[]} />
    </pre>
  )
}

type Offer = { from: number; to: number; found: Completion[] }

/** By the beginning of the whole name, or of its last part. */
function fits(completion: Completion, typed: string): boolean {
  const name = completion.text.toLowerCase()
  const wanted = typed.toLowerCase()
  return name.startsWith(wanted) || name.split('.').some((part) => part.startsWith(wanted))
}

type OffersProps = { id: string; offer: Offer; active: number; take: (chosen: Completion) => void }

function Offers({ id, offer, active, take }: OffersProps) {
  return (
    <div id={id} role="listbox" aria-label="Completions" className={classes.offers}>
      {offer.found.map((each, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the text area keeps the focus and handles the keys
        <div
          key={each.text + each.kind}
          role="option"
          aria-selected={index === active}
          className={classes.offer}
          onMouseDown={(event) => {
            event.preventDefault()
            take(each)
          }}
        >
          <code>{each.signature}</code>
          <small>{each.help}</small>
        </div>
      ))}
    </div>
  )
}

type ProblemLinesProps = {
  id: string
  problems: readonly Problem[]
  show: (problem: Problem) => void
}

function ProblemLines({ id, problems, show }: ProblemLinesProps): ReactNode {
  return (
    <div id={id} className={classes.problems} aria-live="polite">
      {problems.map((problem) => (
        <button
          key={problem.position + problem.message}
          type="button"
          onClick={() => show(problem)}
        >
          Line {problem.line}, column {problem.column}: {problem.message}
        </button>
      ))}
    </div>
  )
}

function select(area: HTMLTextAreaElement | null, problem: Problem) {
  area?.focus()
  area?.setSelectionRange(problem.position, problem.position + Math.max(1, problem.length))
}
