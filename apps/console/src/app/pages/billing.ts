import type { Section } from '../section.ts'

export const billing: Section = { name: 'Billing', path: '/billing', pages: [], routes: [] }
