/**
 * A form over a contract schema: values, problems, saving, version conflicts, drafts.
 *
 *     const form = useContractForm({
 *       resource: meter,                    // or `schema`, with your own `save`
 *       entity,                             // absent: a new one
 *       defaults: { dataFields: [{ category: 'MEASURE', code: '', name: '', unit: '' }], derivedFields: [] },
 *       onSaved: (saved) => go(`/metering/meters/${saved.id}`),
 *     })
 *     form.values.name   form.set('name', 'Storage')   form.get('dataFields.0.code')   form.problems['name']
 *
 * Values are as people type them: '' for empty, exact decimals as text. Give `values` a type by
 * `useContractForm<MeterBody>(…)`. Extra checks over several fields: `check: (values) => ({ path: 'sentence' })`.
 */
import { useRouterState } from '@tanstack/react-router'
import { useState } from 'react'
import type { TSchema } from 'typebox'
import type { ApiCall } from '../api/curl.ts'
import { encodeExact } from '../api/exact-json.ts'
import { type RequestFailure, toFailure } from '../api/request-failure.ts'
import { type Entity, type ResourceShape, useCreate, useUpdate } from '../query/resource.ts'
import { savedToast } from '../toast.tsx'
import { type Problems, toBody, toFormPath } from './check.ts'
import { keepDraft } from './draft.ts'
import { useFields } from './fields.ts'
import { useLeaveGuard } from './leave-guard.ts'
import { useNewest } from './newest.ts'
import { type Right, rightToSave } from './refusal.ts'
import { type FormValues, startValues, useStart } from './start-values.ts'

export type { FormValues } from './start-values.ts'

export type ContractForm<Values = FormValues> = {
  values: Values
  schema: TSchema
  problems: Problems
  failure: RequestFailure | null
  isNew: boolean
  isDirty: boolean
  isSaving: boolean
  /** The path whose input has the focus: the aside shows its help. */
  focused: string | null
  get: (path: string) => unknown
  set: (path: string, value: unknown) => void
  focus: (path: string | null) => void
  /** Checks one field when the person leaves it. */
  blur: (path: string) => void
  submit: (event?: { preventDefault: () => void }) => void
  /** Without it a form page opens to the reason instead of the fields. */
  right: Right | undefined
  /** How a program saves the same; undefined where saving is more than one call. */
  call: ApiCall | undefined
  /** Leaves for a page that creates what `field` needs, and comes back. */
  leaveToCreate: (field: string) => string
  /** After a version conflict: takes over the newest version; what was typed is kept for comparison. */
  conflict: { reload: () => void; theirs: FormValues | null } | null
}

type FormOptions<Saved> = {
  resource?: ResourceShape
  schema?: TSchema
  entity?: (Entity & object) | undefined
  defaults?: FormValues
  check?: (values: FormValues) => Problems
  /** Needed beside a `schema`; a resource knows its own. */
  right?: Right | undefined
  /** Last change before sending. */
  prepare?: (body: FormValues) => FormValues
  /** Instead of the resource's own create and update. */
  save?: (body: FormValues) => Promise<Saved>
  /** The form can be sent again once this has ended. */
  onSaved: (saved: Saved) => void | Promise<void>
  /** Words of the toast; the default names the entity. Null for none. */
  toast?: string | null
  /** Small forms in pop-ups do not guard against leaving. */
  unguarded?: boolean
  /** Reads the newest version after a conflict; needed beside an own `save`. */
  reload?: () => Promise<object>
}

const NO_SCHEMA: TSchema = { type: 'object', properties: {} } as TSchema

export function useContractForm<Values = FormValues, Saved = Entity>(
  options: FormOptions<Saved>,
): ContractForm<Values> {
  // The version the person started from: a refresh behind the form must not hide a conflict.
  const [entity] = useState(options.entity)
  const schema = options.schema ?? options.resource?.body ?? NO_SCHEMA
  const here = useRouterState({ select: (state) => state.location.pathname })
  const { initial, start } = useStart(schema, entity, options.defaults)
  const fields = useFields(schema, start, options.check)
  const isDirty = JSON.stringify(fields.values) !== JSON.stringify(initial)
  const letGo = useLeaveGuard(isDirty && options.unguarded !== true)
  const newest = useNewest(options.resource, entity, options.reload)
  const { submit, isSaving, failure } = useSending(options, fields, {
    entity,
    version: newest.entity?.version ?? entity?.version,
    letGo,
  })
  const isConflict = failure?.code === 'VERSION_MISMATCH' && entity !== undefined
  return {
    values: fields.values as Values,
    schema,
    problems: fields.problems,
    failure,
    isNew: !entity,
    isDirty,
    isSaving,
    focused: fields.focused,
    get: fields.get,
    set: fields.set,
    focus: fields.focus,
    blur: fields.blur,
    submit,
    right: options.right ?? (options.resource && rightToSave(options.resource, Boolean(entity))),
    call: callOf(options, fields.values, entity),
    leaveToCreate: (field) => {
      keepDraft(here, fields.values)
      letGo()
      return `return=${encodeURIComponent(here)}&field=${encodeURIComponent(field)}`
    },
    conflict: isConflict
      ? {
          theirs: newest.entity ? startValues(schema, newest.entity, options.defaults) : null,
          reload: newest.read,
        }
      : null,
  }
}

function callOf<Saved>(
  { resource, prepare = (body) => body, save }: FormOptions<Saved>,
  values: FormValues,
  entity: Entity | undefined,
): ApiCall | undefined {
  if (!resource || save) return undefined
  const body = { ...prepare(toBody(values)), ...(entity && { version: entity.version }) }
  return {
    method: entity ? 'PUT' : 'POST',
    path: entity ? `${resource.path}/${entity.id}` : resource.path,
    body: encodeExact(body, resource.body),
  }
}

type Origin = { entity: Entity | undefined; version: number | undefined; letGo: () => void }

/** Checks, sends, and puts what was refused on its fields. */
function useSending<Saved>(
  options: FormOptions<Saved>,
  fields: ReturnType<typeof useFields>,
  { entity, version, letGo }: Origin,
) {
  const [failure, setFailure] = useState<RequestFailure | null>(null)
  const [isSaving, setSaving] = useState(false)
  const save = useSave<Saved>(options, entity)

  async function send() {
    const found = fields.checkAll()
    fields.setProblems(found)
    setFailure(null)
    if (Object.keys(found).length > 0) return revealFirstProblem()
    setSaving(true)
    try {
      const body = (options.prepare ?? ((each) => each))(toBody(fields.values))
      const saved = await save(entity && version !== undefined ? { ...body, version } : body)
      letGo()
      if (options.toast !== null)
        savedToast(options.toast ?? wordsOf(options.resource, saved, !entity))
      await options.onSaved(saved)
    } catch (cause) {
      const refused = toFailure(cause)
      setFailure(refused)
      const own = refused.errors.map((each) => [toFormPath(each.field), each.message])
      fields.setProblems(Object.fromEntries(own))
      revealFirstProblem()
    } finally {
      setSaving(false)
    }
  }

  return {
    failure,
    isSaving,
    submit: (event?: { preventDefault: () => void }) => {
      event?.preventDefault()
      if (!isSaving) void send()
    },
  }
}

function useSave<Saved>(
  { resource, save }: FormOptions<Saved>,
  entity: Entity | undefined,
): (body: FormValues) => Promise<Saved> {
  const shape = resource ?? {
    name: '',
    path: '',
    permission: '',
    title: { one: '', many: '' },
    maxPageSize: 100,
    body: NO_SCHEMA,
  }
  const create = useCreate<Saved>(shape)
  const update = useUpdate<Saved>(shape)
  if (save) return save
  return (body) => (entity ? update.mutateAsync({ id: entity.id, body }) : create.mutateAsync(body))
}

function wordsOf(resource: ResourceShape | undefined, saved: unknown, isNew: boolean): string {
  const { name, code } = (saved ?? {}) as { name?: string; code?: string }
  const what = [resource?.title.one ?? 'Entry', name ?? code].filter(Boolean).join(' ')
  return `${what} ${isNew ? 'created' : 'updated'}`
}

/** After the next paint, when the errors stand in the page. */
function revealFirstProblem() {
  requestAnimationFrame(() => {
    const first = document.querySelector<HTMLElement>('[data-form-problems], [aria-invalid="true"]')
    first?.scrollIntoView({ block: 'center' })
    document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus({ preventScroll: true })
  })
}
