/** Counters for the operator, at `/metrics` in the Prometheus format. */
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof createMetrics>

export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    requestSeconds: new Histogram({
      name: 'http_request_seconds',
      help: 'Time from request to answer, by operation and status.',
      labelNames: ['operation', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers: [registry],
    }),
    measurements: new Counter({
      name: 'measurements_total',
      help: 'Measurements by outcome: accepted, duplicate, refused.',
      labelNames: ['outcome'],
      registers: [registry],
    }),
    jobs: new Counter({
      name: 'jobs_total',
      help: 'Finished jobs by queue and outcome.',
      labelNames: ['queue', 'outcome'],
      registers: [registry],
    }),
  }
}
