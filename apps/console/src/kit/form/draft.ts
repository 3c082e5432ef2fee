/**
 * A half-filled form waits here while the person creates something it needs, and is there again on
 * return, with the new thing chosen (console 3.3). Kept in the tab, gone with it.
 */
type Draft = { values: Record<string, unknown> }

const keyOf = (path: string) => `countinghouse-draft:${path}`

export function keepDraft(path: string, values: Record<string, unknown>): void {
  sessionStorage.setItem(keyOf(path), JSON.stringify({ values } satisfies Draft))
}

/** Reads once: a later visit starts afresh. */
export function takeDraft(path: string): Record<string, unknown> | null {
  const text = sessionStorage.getItem(keyOf(path))
  if (!text) return null
  sessionStorage.removeItem(keyOf(path))
  return (JSON.parse(text) as Draft).values
}

export function setAt(
  values: Record<string, unknown>,
  path: string,
  value: unknown,
): Record<string, unknown> {
  const [head = '', ...rest] = path.split('.')
  if (rest.length === 0) return { ...values, [head]: value }
  const inner = values[head]
  if (Array.isArray(inner)) {
    const index = Number(rest[0])
    const changed =
      rest.length === 1
        ? value
        : setAt((inner[index] ?? {}) as Record<string, unknown>, rest.slice(1).join('.'), value)
    return { ...values, [head]: inner.toSpliced(index, 1, changed) }
  }
  return {
    ...values,
    [head]: setAt((inner ?? {}) as Record<string, unknown>, rest.join('.'), value),
  }
}

export function valueAt(values: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | null | undefined)?.[key], values)
}
