/** A bill that cannot be calculated from what was configured; the message says what to change. */
export class BillRefusal extends Error {
  override readonly name = 'BillRefusal'
}
