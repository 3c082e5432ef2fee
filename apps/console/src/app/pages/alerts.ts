import { IconBell } from '@tabler/icons-react'
import { page, type Section } from '../section.ts'

export const alerts: Section = {
  name: 'Alerts',
  path: '/alerts',
  pages: [{ name: 'System alerts', path: '/alerts', icon: IconBell, permission: 'config:alert' }],
  routes: [page('/alerts', () => import('../../notifications/alert/list.tsx'), 'AlertListPage')],
}
