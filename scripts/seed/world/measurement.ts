/** One measurement as the API takes it. */
export type Measurement = {
  uid: string
  meter: string
  account: string
  ts: string
  ets?: string
  who?: Record<string, string>
  what?: Record<string, string>
  where?: Record<string, string>
  other?: Record<string, string>
  metadata?: Record<string, string>
  measure?: Record<string, number>
}
