import type { Section } from '../section.ts'

export const metering: Section = { name: 'Metering', path: '/metering', pages: [], routes: [] }
