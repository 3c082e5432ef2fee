import type { Section } from '../section.ts'

export const accounts: Section = { name: 'Accounts', path: '/accounts', pages: [], routes: [] }
