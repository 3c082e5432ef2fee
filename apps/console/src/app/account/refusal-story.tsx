/** A measurement of an account that was not counted, or not wholly. */
import {
  INGEST_FAILURE_EVENT,
  type IngestFailure,
} from '@countinghouse/contract/metering/ingest-event.ts'
import { counted } from '../../kit/format/digits.ts'
import { AppLink } from '../../kit/link.tsx'
import type { Happening, Story } from './happening.ts'

/** As the names of events are taken apart: what it is about, then what became of it. */
export const refusalEntity = INGEST_FAILURE_EVENT.slice(0, INGEST_FAILURE_EVENT.lastIndexOf('.'))

export function refusalStory({ now }: Happening): Story {
  const { type, message, count, meterCode } = now as IngestFailure
  return {
    text: (
      <>
        <AppLink to={`/metering/ingest-events?type=${type}&includeActioned=true`}>
          {type === 'CalculationError' ? 'Measurement not wholly counted' : 'Measurement refused'}
        </AppLink>
        {count > 1 && ` ${counted(count, 'time')}`}
        {meterCode && `, meter ${meterCode}`}
      </>
    ),
    detail: message,
  }
}
