/** What it takes to send measurements, one by one or as a file. */
export const submitRight = { action: 'measurements:upload', resource: 'measurements:measurement' }
