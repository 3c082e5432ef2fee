import { IconBell, IconTimeline } from '@tabler/icons-react'
import { page, type Section } from '../section.ts'

export const alerts: Section = {
  name: 'Alerts',
  path: '/alerts',
  pages: [
    { name: 'System alerts', path: '/alerts', icon: IconBell, permission: 'config:alert' },
    { name: 'Events', path: '/alerts/events', icon: IconTimeline, permission: 'config:event' },
  ],
  routes: [
    page('/alerts', () => import('../../notifications/alert/list.tsx'), 'AlertListPage'),
    page('/alerts/events', () => import('../../notifications/event/list.tsx'), 'EventListPage'),
  ],
}
