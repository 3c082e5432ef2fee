import { IconHelpCircle } from '@tabler/icons-react'
import type { ComponentPropsWithRef } from 'react'
import classes from './page.module.css'

type HelpButtonProps = ComponentPropsWithRef<'button'> & { label: string }

export function HelpButton({ label, ...props }: HelpButtonProps) {
  return (
    <button type="button" aria-label={`About ${label}`} {...props} className={classes.help}>
      <IconHelpCircle size={14} stroke={1.6} />
    </button>
  )
}
