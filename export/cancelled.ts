/** An export was called off; nothing of it is left. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}
