/** The HTTP side of a process: every area's routes behind one gate, and the instance's own pages. */
import { randomUUID } from 'node:crypto'
import { operations } from '@countinghouse/contract/operations.ts'
import cookie from '@fastify/cookie'
import Fastify, { type FastifyInstance } from 'fastify'
import { accountDirectory } from './accounts/account/directory.ts'
import { accountsArea } from './accounts/index.ts'
import { readAccounts } from './accounts/service.ts'
import { billingArea } from './billing/index.ts'
import type { Role } from './config/variables.ts'
import type { Context } from './context.ts'
import type { Area, Route } from './kit/area.ts'
import { addBodyParsers } from './kit/http/body.ts'
import { addErrorAnswers, sendRefusal } from './kit/http/error-answer.ts'
import { addHealth } from './kit/http/health.ts'
import { mount } from './kit/http/mount.ts'
import { overloadGuard } from './kit/http/overload.ts'
import { noRateLimits, rateLimits } from './kit/http/rate-limit.ts'
import { addSecurityHeaders } from './kit/http/security.ts'
import {
  addressRefusal,
  answerInOneShape,
  answerUnreadable,
  refuseWithoutHost,
} from './kit/http/unreadable.ts'
import { addChangeStream } from './kit/live/stream.ts'
import { addConsole } from './kit/pages/console.ts'
import { addDocumentation } from './kit/pages/documentation.ts'
import { addFiles } from './kit/pages/files.ts'
import { addReference } from './kit/pages/reference.ts'
import type { Reader } from './kit/postgres/database.ts'
import { routesOf } from './kit/resource/routes.ts'
import { taskRoutes } from './kit/task/routes.ts'
import { findCalculationUsers } from './metering/calculation/service.ts'
import { meteringArea } from './metering/index.ts'
import { openIngest, supplyAccounts } from './metering/measurement/service.ts'
import { openUsage } from './metering/usage/service.ts'
import { notificationsArea } from './notifications/index.ts'
import { openGate } from './organization/access/gate.ts'
import { organizationArea } from './organization/index.ts'
import { sendSessionCookies } from './organization/sign-in/session.ts'
import { pricingArea } from './pricing/index.ts'
import { findPricings } from './pricing/service.ts'

/** Every area, lowest first. */
export const areas: Area[] = [
  organizationArea({ findCustomFieldUsers: findCalculationUsers, findAccounts }),
  meteringArea({ findPricings }),
  pricingArea,
  accountsArea,
  billingArea,
  notificationsArea,
]

/** For the Console's recent accounts: names of those that still exist. */
async function findAccounts(reader: Reader, organizationId: string, ids: string[]) {
  const found = await readAccounts(reader, organizationId, ids)
  return found.map(({ id, name, code }) => ({ id, name, code }))
}

/** Whoever takes longer to send a request holds a place that others need. */
const REQUEST_MS = 60_000

export async function buildApp(context: Context): Promise<FastifyInstance> {
  const gate = openGate(context)
  const { config, metrics } = context
  const app = Fastify({
    bodyLimit: config.limits.bodyBytes - 1,
    trustProxy: config.trustProxy,
    genReqId: () => randomUUID(),
    logger: false,
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
    // The TypeScript SDK writes two slashes when the base URL ends with one.
    rewriteUrl: ({ url = '' }) => url.replace(/^\/\/+/, '/'),
    forceCloseConnections: 'idle',
    requestTimeout: REQUEST_MS,
    http: { requireHostHeader: false },
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error, request, reply) => {
      reply.header('x-request-id', request.id)
      sendRefusal(reply, request, addressRefusal(error))
    },
  })
  answerInOneShape(app.server)
  addErrorAnswers(app, context.log, config.limits.bodyBytes)
  addBodyParsers(app)
  await addSecurityHeaders(app, config)
  await app.register(cookie)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    refuseWithoutHost(request)
  })
  app.addHook('onSend', async (request, reply) => sendSessionCookies(request, reply))
  app.addHook('onResponse', async (request, reply) => {
    const operation = `${request.method} ${request.routeOptions.url ?? 'unknown'}`
    metrics.requestSeconds.observe(
      { operation, status: reply.statusCode },
      reply.elapsedTime / 1000,
    )
  })
  supplyAccounts(context, accountDirectory(context))
  if (config.roles.includes('ingest')) {
    const ingest = await openIngest(context)
    app.addHook('onClose', () => ingest.close())
  }
  if (config.roles.includes('api')) {
    const usage = await openUsage(context)
    app.addHook('onClose', () => usage.close())
  }
  addHealth(app, context)
  addReference(app, operations, config.baseUrl)
  addDocumentation(app)
  addFiles(app, context.files)
  await addConsole(app)
  addChangeStream(app, context.live, gate)
  const limits = config.rateLimits ? rateLimits(config.limits, context.clock) : noRateLimits
  const guard = overloadGuard(config.limits)
  for (const route of routesFor(config.roles)) mount(app, route, { context, gate, limits, guard })
  return app
}

/** Processes of the role `ingest` take measurements, those of `api` everything else. */
function routesFor(roles: Role[]): Route[] {
  return [...taskRoutes, ...areaRoutes()].filter(({ operation }) =>
    roles.includes(operation.limit === 'ingest' ? 'ingest' : 'api'),
  )
}

function areaRoutes(): Route[] {
  return areas.flatMap(({ resources, routes }) => {
    // An area may take over one of a resource's five operations by hand.
    const byHand = new Set(routes.map(({ operation }) => operation.id))
    const declared = resources.flatMap(routesOf).filter((route) => !byHand.has(route.operation.id))
    return [...declared, ...routes]
  })
}
