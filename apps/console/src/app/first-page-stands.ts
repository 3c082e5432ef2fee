/**
 * The first page stands: it is drawn and everything it asked for has come. What it does not need
 * (menus, dialogs, styles and parts of the next pages) waits for this, because a slow line should
 * carry one thing at a time. Whoever wants such a part earlier gets it at once.
 */
import { signal } from '../kit/signal.ts'

export const firstPageStands = signal(false)
