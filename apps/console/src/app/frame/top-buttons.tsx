/**
 * The buttons of the top bar that open menus. They are drawn at once; what opens comes after the first
 * page (top-menus.tsx), because the library of menus would keep that page waiting.
 */
import { ActionIcon, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconLifebuoy } from '@tabler/icons-react'
import type { ComponentPropsWithRef } from 'react'
import { useOrganization } from '../../kit/organization.ts'
import { initialsOf, useMe } from '../session.ts'
import classes from './frame.module.css'

type ButtonProps = Pick<ComponentPropsWithRef<'button'>, 'onClick' | 'ref'>

export function HelpButton(props: ButtonProps) {
  return (
    <ActionIcon
      aria-label="Help links"
      data-tip="Help links"
      {...props}
      className={classes.wide ?? ''}
    >
      <IconLifebuoy size={18} stroke={1.6} />
    </ActionIcon>
  )
}

export function OrganizationButton(props: ButtonProps) {
  const { name, type, isArchived } = useOrganization()
  return (
    <UnstyledButton
      aria-label={`Organization ${name}`}
      {...props}
      className={classes.organization ?? ''}
    >
      <span>{name}</span>
      <KindBadge type={type} isArchived={isArchived} />
      <IconChevronDown size={14} />
    </UnstyledButton>
  )
}

export function UserButton(props: ButtonProps) {
  const me = useMe().data
  return (
    <UnstyledButton aria-label="User menu" {...props} className={classes.user ?? ''}>
      {me ? initialsOf(me) : ''}
    </UnstyledButton>
  )
}

type Kind = { type: 'PRODUCTION' | 'SANDBOX'; isArchived: boolean }

/** Production is the rule and says nothing. */
export function KindBadge({ type, isArchived }: Kind) {
  if (!isArchived && type !== 'SANDBOX') return null
  return <span className={classes.sandbox}>{isArchived ? 'Archived' : 'Sandbox'}</span>
}
