/** The sections in the order of the top navigation (console 1.2). A section without pages shows nowhere. */
import { accounts } from './pages/accounts.ts'
import { alerts } from './pages/alerts.ts'
import { billing } from './pages/billing.ts'
import { dashboard } from './pages/dashboard.ts'
import { metering } from './pages/metering.ts'
import { pricing } from './pages/pricing.ts'
import { products } from './pages/products.ts'
import { settings } from './pages/settings.ts'
import type { Section } from './section.ts'

export const sections: Section[] = [
  dashboard,
  settings,
  products,
  metering,
  pricing,
  accounts,
  billing,
  alerts,
]
