/** Values of a form and what is wrong with them, by path. */
import { useState } from 'react'
import type { TSchema } from 'typebox'
import { type Problems, problemsOf } from './check.ts'
import { setAt, valueAt } from './draft.ts'
import type { FormValues } from './start-values.ts'

export function useFields(
  schema: TSchema,
  start: FormValues,
  check: ((values: FormValues) => Problems) | undefined,
) {
  const [values, setValues] = useState<FormValues>(start)
  const [problems, setProblems] = useState<Problems>({})
  const [focused, focus] = useState<string | null>(null)
  const checkAll = (): Problems => ({ ...problemsOf(schema, values), ...check?.(values) })
  return {
    values,
    problems,
    setProblems,
    checkAll,
    focused,
    focus,
    get: (path: string) => valueAt(values, path),
    set: (path: string, value: unknown) => {
      setValues((before) => setAt(before, path, value))
      setProblems((before) => withoutPath(before, path))
    },
    blur: (path: string) => {
      focus(null)
      // An empty required field is only called a problem once the person submits.
      const isEmpty = ['', undefined, null].includes(valueAt(values, path) as string)
      const own = isEmpty ? undefined : checkAll()[path]
      setProblems((before) => ({ ...withoutPath(before, path), ...(own ? { [path]: own } : {}) }))
    },
  }
}

function withoutPath(problems: Problems, path: string): Problems {
  return Object.fromEntries(
    Object.entries(problems).filter(([each]) => each !== path && !each.startsWith(`${path}.`)),
  )
}
