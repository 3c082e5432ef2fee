// The viewer in our colours, with the calls in the order in which one needs them, and without what its maker sells.
const ORDER = [
  'Authentication',
  'Products',
  'Meters',
  'Meter groups',
  'Measurements',
  'Usage',
  'Aggregations',
  'Compound aggregations',
  'Calculations',
  'Plan templates',
  'Plans',
  'Pricings',
  'Accounts',
  'Account plans',
  'Bills',
  'Bill line items',
  'Bill jobs',
  'Bill configuration',
]

const placeOf = ({ name }) => {
  const place = ORDER.indexOf(name)
  return place < 0 ? ORDER.length : place
}

const isDark = document.documentElement.getAttribute('data-mantine-color-scheme') === 'dark'

Scalar.createApiReference('#reference', {
  url: '/openapi.json',
  theme: 'none',
  withDefaultFonts: false,
  telemetry: false,
  showDeveloperTools: 'never',
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
  documentDownloadType: 'json',
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
  authentication: { preferredSecurityScheme: 'token' },
  persistAuth: true,
  forceDarkModeState: isDark ? 'dark' : 'light',
  hideDarkModeToggle: true,
  tagsSorter: (one, other) => placeOf(one) - placeOf(other) || one.name.localeCompare(other.name),
})
