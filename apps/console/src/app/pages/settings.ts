import type { Section } from '../section.ts'

export const settings: Section = { name: 'Settings', path: '/settings', pages: [], routes: [] }
