import type { Problem } from '../../kit/errors.ts'

/** Prices of a template belong to aggregations of its product, so the product stays (pricing 1.2). */
export function productProblems(
  change: { before: string; after: string },
  users: Problem[],
): Problem[] {
  if (change.before === change.after || users.length === 0) return []
  const names = users.map(({ message }) => message).join('; ')
  const message = `The product cannot be changed while the template is used by ${names}. Make another template for the other product.`
  return [{ field: 'productId', message }]
}
