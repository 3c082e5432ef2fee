/** What the server tells of an alert, and its words (integrations 12). */
import type { Tone } from '../../kit/format/state.tsx'

/** What it takes to look after alerts. */
export const alertRight = { action: 'config:update', resource: 'config:alert' }

export type Severity = 'INFO' | 'WARN' | 'ERROR'
export type AlertStatus = 'NEW' | 'IN_PROGRESS' | 'RESOLVED'

export type Alert = {
  id: string
  version: number
  type: string
  severity: Severity
  status: AlertStatus
  description: string
  payload?: Record<string, unknown>
  entityType?: string
  entityId?: string
  note?: string
  count?: number
  dtCreated: string
  dtLastModified: string
  createdBy?: string
  lastModifiedBy?: string
}

export const severityTone: Record<Severity, Tone> = { INFO: 'note', WARN: 'warn', ERROR: 'bad' }
/** As on the Dashboard. */
export const severityWords: Record<Severity, string> = {
  INFO: 'Note',
  WARN: 'Warning',
  ERROR: 'Error',
}
export const statusTone: Record<AlertStatus, Tone> = {
  NEW: 'plain',
  IN_PROGRESS: 'note',
  RESOLVED: 'quiet',
}
