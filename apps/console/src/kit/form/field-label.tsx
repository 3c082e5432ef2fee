import { Help } from '../page/help.tsx'

/**
 * The words of a label with its ?; the ? is beside the label's text, not part of the input's name,
 * and never alone on a line.
 */
export function FieldLabel({ title, help }: { title: string; help?: string | undefined }) {
  if (!help) return title
  // No space holds a button to a word, so the last word goes along with it.
  const end = title.lastIndexOf(' ') + 1
  return (
    <>
      {title.slice(0, end)}
      <span style={{ whiteSpace: 'nowrap' }}>
        {title.slice(end)} <Help label={title}>{help}</Help>
      </span>
    </>
  )
}
