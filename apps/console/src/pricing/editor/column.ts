/** A plan or template standing in the pricing editor. */
export type EditorColumn = {
  id: string
  name: string
  isTemplate: boolean
  /** The template itself, or that of the plan. */
  templateId: string
  currency: string
  path: string
}
