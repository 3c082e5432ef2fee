import { Menu, useComputedColorScheme } from '@mantine/core'
import { IconKeyboard, IconLogout, IconMoon, IconSun, IconUser } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTheme } from '../preferences.ts'
import { useSignOut } from '../session/sign-out.ts'
import { useMe } from '../session.ts'
import classes from './frame.module.css'
import { UserButton } from './top-buttons.tsx'

export function UserMenu({
  isWanted,
  showShortcuts,
}: {
  isWanted: boolean
  showShortcuts: () => void
}) {
  const me = useMe().data
  const navigate = useNavigate()
  const signOut = useSignOut()
  const { choose } = useTheme()
  const other = useComputedColorScheme('light') === 'dark' ? 'light' : 'dark'
  const icon = { size: 15, stroke: 1.6 }
  return (
    <Menu width={220} defaultOpened={isWanted}>
      <Menu.Target>
        <UserButton />
      </Menu.Target>
      <Menu.Dropdown>
        {me && (
          <Menu.Label>
            <b className={classes.userName}>{`${me.firstName} ${me.lastName}`}</b>
            {me.email}
          </Menu.Label>
        )}
        <Menu.Item
          leftSection={<IconUser {...icon} />}
          onClick={() => void navigate({ to: '/profile' })}
        >
          Edit profile
        </Menu.Item>
        <Menu.Item
          leftSection={other === 'dark' ? <IconMoon {...icon} /> : <IconSun {...icon} />}
          onClick={() => choose(other)}
          closeMenuOnClick={false}
        >
          {other === 'dark' ? 'Dark mode' : 'Light mode'}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard {...icon} />} onClick={showShortcuts}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout {...icon} />} onClick={signOut}>
          Log out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
