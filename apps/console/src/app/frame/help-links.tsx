import { Menu } from '@mantine/core'
import { IconBook2, IconCode } from '@tabler/icons-react'
import { HelpButton } from './top-buttons.tsx'

export function HelpLinks({ isWanted }: { isWanted: boolean }) {
  return (
    <Menu defaultOpened={isWanted}>
      <Menu.Target>
        <HelpButton />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          component="a"
          href="/docs"
          target="_blank"
          leftSection={<IconBook2 size={15} stroke={1.6} />}
        >
          Documentation
        </Menu.Item>
        <Menu.Item
          component="a"
          href="/reference"
          target="_blank"
          leftSection={<IconCode size={15} stroke={1.6} />}
        >
          API reference
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
