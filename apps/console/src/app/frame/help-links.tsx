import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconBook2, IconCode, IconLifebuoy } from '@tabler/icons-react'
import classes from './frame.module.css'

export function HelpLinks() {
  return (
    <Menu>
      <Menu.Target>
        <Tooltip label="Help links">
          <ActionIcon aria-label="Help links" className={classes.wide ?? ''}>
            <IconLifebuoy size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
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
