/** How long a task took, and how long it will take at the pace it has. */
import type { Task } from './tasks.ts'

type Timed = Pick<Task, 'dtCreated' | 'dtFinished' | 'done' | 'total'>

/** Before that the pace says little. */
const SHARE_MIN = 0.05

export function elapsedText({ dtCreated, dtFinished }: Timed): string {
  return dtFinished ? lengthText(Date.parse(dtFinished) - Date.parse(dtCreated)) : ''
}

export function remainingText({ dtCreated, done, total }: Timed, now: number): string {
  const share = total ? done / total : 0
  if (share < SHARE_MIN || share >= 1) return ''
  const elapsedMs = now - Date.parse(dtCreated)
  return `about ${lengthText((elapsedMs / share) * (1 - share))} left`
}

function lengthText(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000))
  if (seconds < 90) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
}
