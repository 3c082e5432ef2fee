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
import { useQueryClient } from '@tanstack/react-query'
import { useBlocker, useRouterState } from '@tanstack/react-router'
import { type RefObject, useRef, useState } from 'react'
import type { TSchema } from 'typebox'
import { mapExact } from '../api/exact-json.ts'
import { type RequestFailure, toFailure } from '../api/request-failure.ts'
import { useOrganization } from '../organization.ts'
import { type Entity, keysOf, type ResourceShape, useCreate, useUpdate } from '../query/resource.ts'
import { savedToast } from '../toast.tsx'
import { type Problems, problemsOf, toBody, toFormPath } from './check.ts'
import { keepDraft, setAt, takeDraft, valueAt } from './draft.ts'

export type FormValues = Record<string, unknown>

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
  /** Last change before sending. */
  prepare?: (body: FormValues) => FormValues
  /** Instead of the resource's own create and update. */
  save?: (body: FormValues) => Promise<Saved>
  onSaved: (saved: Saved) => void
  /** Words of the toast; the default names the entity. Null for none. */
  toast?: string | null
  /** Small forms in pop-ups do not guard against leaving. */
  unguarded?: boolean
}

const NO_SCHEMA: TSchema = { type: 'object', properties: {} } as TSchema

export function useContractForm<Values = FormValues, Saved = Entity>(
  options: FormOptions<Saved>,
): ContractForm<Values> {
  const { resource, check } = options
  // The version the person started from: a refresh behind the form must not hide a conflict.
  const [entity] = useState(options.entity)
  const schema = options.schema ?? resource?.body ?? NO_SCHEMA
  const here = useRouterState({ select: (state) => state.location.pathname })
  const search = useRouterState({
    select: (state) => state.location.search as Record<string, string>,
  })
  const [initial] = useState(() => startValues(schema, entity, options.defaults))
  const [values, setValues] = useState<FormValues>(() => resumed(here, search, initial))
  const [problems, setProblems] = useState<Problems>({})
  const [focused, focus] = useState<string | null>(null)
  const findProblems = () => ({ ...problemsOf(schema, values), ...check?.(values) })
  const submission = useSubmission(options, entity, schema, values, findProblems, setProblems)
  const isDirty = values !== initial && JSON.stringify(values) !== JSON.stringify(initial)
  useLeaveGuard(isDirty && options.unguarded !== true, submission.hasLeft)

  function set(path: string, value: unknown) {
    setValues((before) => setAt(before, path, value))
    setProblems((before) => withoutPath(before, path))
  }

  function blur(path: string) {
    focus(null)
    const own = Object.entries(findProblems()).filter(([each]) => each === path)
    // An empty required field is only called a problem once the person submits.
    const isEmpty = ['', undefined, null].includes(valueAt(values, path) as string)
    setProblems((before) => ({
      ...withoutPath(before, path),
      ...(isEmpty ? {} : Object.fromEntries(own)),
    }))
  }

  return {
    values: values as Values,
    schema,
    problems,
    failure: submission.failure,
    isNew: !entity,
    isDirty,
    isSaving: submission.isSaving,
    focused,
    get: (path) => valueAt(values, path),
    set,
    focus,
    blur,
    submit: submission.submit,
    leaveToCreate: (field) => {
      keepDraft(here, values)
      submission.hasLeft.current = true
      return `return=${encodeURIComponent(here)}&field=${encodeURIComponent(field)}`
    },
    conflict: submission.conflict,
  }
}

/** Asks before what was typed is lost; not once the form was saved or left on purpose. */
function useLeaveGuard(isGuarded: boolean, hasLeft: RefObject<boolean>): void {
  useBlocker({
    shouldBlockFn: () =>
      !hasLeft.current && !window.confirm('Leave this form? What you typed is lost.'),
    enableBeforeUnload: () => isGuarded && !hasLeft.current,
    disabled: !isGuarded,
  })
}

/** Sends what was typed, puts refusals on their fields, and offers the newest version after a conflict. */
function useSubmission<Saved>(
  options: FormOptions<Saved>,
  entity: (Entity & object) | undefined,
  schema: TSchema,
  values: FormValues,
  findProblems: () => Problems,
  setProblems: (problems: Problems) => void,
) {
  const { resource } = options
  const [failure, setFailure] = useState<RequestFailure | null>(null)
  const [isSaving, setSaving] = useState(false)
  const [theirs, setTheirs] = useState<(Entity & object) | null>(null)
  const hasLeft = useRef(false)
  const save = useSave<Saved>(options, entity)
  const refresh = useNewest(resource)

  async function send() {
    const found = findProblems()
    setProblems(found)
    setFailure(null)
    if (Object.keys(found).length > 0) return revealFirstProblem()
    setSaving(true)
    try {
      const version = theirs?.version ?? entity?.version
      const body = (options.prepare ?? ((each) => each))(toBody(values))
      const saved = await save(version === undefined || !entity ? body : { ...body, version })
      hasLeft.current = true
      if (options.toast !== null) savedToast(options.toast ?? wordsOf(resource, saved, !entity))
      options.onSaved(saved)
    } catch (cause) {
      const refused = toFailure(cause)
      setFailure(refused)
      setProblems(
        Object.fromEntries(refused.errors.map((each) => [toFormPath(each.field), each.message])),
      )
      revealFirstProblem()
    } finally {
      setSaving(false)
    }
  }

  return {
    failure,
    isSaving,
    hasLeft,
    submit: (event?: { preventDefault: () => void }) => {
      event?.preventDefault()
      if (!isSaving) void send()
    },
    conflict:
      failure?.code === 'VERSION_MISMATCH' && entity
        ? {
            theirs: theirs ? startValues(schema, theirs, options.defaults) : null,
            reload: () => void refresh(entity.id).then((newest) => newest && setTheirs(newest)),
          }
        : null,
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

function useNewest(resource: ResourceShape | undefined) {
  const client = useQueryClient()
  const organization = useOrganization()
  return async (id: string): Promise<(Entity & object) | undefined> => {
    const queryKey = keysOf(organization.id, resource?.path ?? '').one(id)
    await client.refetchQueries({ queryKey })
    return client.getQueryData(queryKey)
  }
}

/** The body's fields of an entity, exact decimals as text, over the defaults. */
function startValues(
  schema: TSchema,
  entity: object | undefined,
  defaults: FormValues = {},
): FormValues {
  if (!entity) return defaults
  const properties = Object.keys((schema as { properties?: object }).properties ?? {})
  const known = Object.fromEntries(
    Object.entries(entity).filter(([key]) => properties.includes(key)),
  )
  return { ...defaults, ...(mapExact(known, schema, String) as FormValues) }
}

function resumed(here: string, search: Record<string, string>, initial: FormValues): FormValues {
  const draft = takeDraft(here)
  const { field, created } = search
  const start = draft ?? initial
  return field && created ? setAt(start, field, created) : start
}

function withoutPath(problems: Problems, path: string): Problems {
  return Object.fromEntries(
    Object.entries(problems).filter(([each]) => each !== path && !each.startsWith(`${path}.`)),
  )
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
