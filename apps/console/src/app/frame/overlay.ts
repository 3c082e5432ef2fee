/** What lies over the page; one at a time. */
export type Overlay = 'tasks' | 'palette' | 'shortcuts' | null
