import { IconLayoutDashboard } from '@tabler/icons-react'
import { page, type Section } from '../section.ts'

export const dashboard: Section = {
  name: 'Dashboard',
  path: '/dashboard',
  pages: [{ name: 'Dashboard', path: '/dashboard', icon: IconLayoutDashboard }],
  routes: [
    {
      ...page('/dashboard', () => import('../dashboard/dashboard.tsx'), 'DashboardPage'),
      isFirst: true,
    },
  ],
}
