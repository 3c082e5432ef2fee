import { Help } from '../page/help.tsx'

/**
 * The words of a label with its ?; the ? is beside the label's text, not part of the input's name,
 * and never alone on a line.
 */
export function FieldLabel({ title, help }: { title: string; help?: string | undefined }) {
  return (
    <>
      {title}
      {help && '\u00a0'}
      {help && <Help label={title}>{help}</Help>}
    </>
  )
}
