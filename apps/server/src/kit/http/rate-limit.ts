/**
 * How many requests are let through (organization 9.4): a rolling five minutes for each address, a
 * second for each organization, a token bucket for usage queries.
 */
import type { Operation } from '@countinghouse/contract/kit/operation.ts'
import type { Limits } from '../../config/config.ts'
import type { Clock } from '../clock.ts'
import { TooManyRequestsError } from '../errors.ts'

export type RateLimits = {
  countAddress(operation: Operation, address: string): void
  countOrganization(operation: Operation, organizationId: string): void
}

export const noRateLimits: RateLimits = { countAddress() {}, countOrganization() {} }

const WINDOW_MS = 300_000
const SLICE_MS = 5_000

export function rateLimits(limits: Limits, clock: Clock): RateLimits {
  const configAddresses = rollingWindow(limits.configPerAddress, clock)
  const ingestAddresses = rollingWindow(limits.ingestPerAddress, clock)
  const configOrganizations = perSecond(limits.configPerOrganization, clock)
  const ingestOrganizations = perSecond(limits.ingestPerOrganization, clock)
  const explorers = tokenBucket(limits.explorerPerSecond, limits.explorerBurst, clock)
  return {
    countAddress({ limit }, address) {
      if (limit === 'none') return
      const window = limit === 'ingest' ? ingestAddresses : configAddresses
      window(address)
    },
    countOrganization({ limit }, organizationId) {
      if (limit === 'none' || organizationId === '') return
      if (limit === 'ingest') return ingestOrganizations(organizationId)
      configOrganizations(organizationId)
      if (limit === 'explorer') explorers(organizationId)
    },
  }
}

type Limiter = (key: string) => void

/** Counts in slices of five seconds, so that a key costs sixty numbers at most. */
function rollingWindow(most: number, clock: Clock): Limiter {
  const keys = forgetful<Map<number, number>>(clock, WINDOW_MS)
  return (key) => {
    const slice = Math.floor(clock.now() / SLICE_MS)
    const slices = keys.get(key, () => new Map())
    let total = 0
    for (const [at, count] of slices) {
      // What was counted ahead of a clock that was set back is forgiven.
      if (at <= slice - WINDOW_MS / SLICE_MS || at > slice) slices.delete(at)
      else total += count
    }
    if (total >= most) {
      throw new TooManyRequestsError(
        `This address has sent ${most} requests within five minutes, which is the limit. Wait a little and send fewer.`,
        SLICE_MS / 1000,
      )
    }
    slices.set(slice, (slices.get(slice) ?? 0) + 1)
  }
}

function perSecond(most: number, clock: Clock): Limiter {
  const keys = forgetful<{ second: number; count: number }>(clock, 2_000)
  return (key) => {
    const second = Math.floor(clock.now() / 1000)
    const entry = keys.get(key, () => ({ second, count: 0 }))
    if (entry.second !== second) Object.assign(entry, { second, count: 0 })
    if (entry.count >= most) {
      throw new TooManyRequestsError(
        `This organization has sent ${most} requests in this second, which is the limit. Try again in the next one.`,
        1,
      )
    }
    entry.count += 1
  }
}

function tokenBucket(refillPerSecond: number, burst: number, clock: Clock): Limiter {
  const keys = forgetful<{ tokens: number; at: number }>(clock, (burst / refillPerSecond) * 1000)
  return (key) => {
    const now = clock.now()
    const bucket = keys.get(key, () => ({ tokens: burst, at: now }))
    const seconds = Math.max(0, now - bucket.at) / 1000
    bucket.tokens = Math.min(burst, bucket.tokens + seconds * refillPerSecond)
    bucket.at = now
    if (bucket.tokens < 1) {
      throw new TooManyRequestsError(
        `Usage queries of an organization are limited to ${refillPerSecond} a second, ${burst} at once. Wait a second.`,
        1,
      )
    }
    bucket.tokens -= 1
  }
}

/** A map that drops keys not asked for within the time, checked once per that time. */
function forgetful<Value>(clock: Clock, keepMs: number) {
  const entries = new Map<string, { value: Value; usedAt: number }>()
  let sweptAt = clock.now()
  return {
    get(key: string, make: () => Value): Value {
      const now = clock.now()
      if (now - sweptAt > keepMs) {
        sweptAt = now
        for (const [old, { usedAt }] of entries) if (now - usedAt > keepMs) entries.delete(old)
      }
      const entry = entries.get(key) ?? { value: make(), usedAt: now }
      entry.usedAt = now
      entries.set(key, entry)
      return entry.value
    },
  }
}
