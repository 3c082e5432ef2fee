/** Log lines as JSON on standard output, for the machine's own log to keep. */
import { type Logger, pino } from 'pino'

export function createLog(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime })
}
