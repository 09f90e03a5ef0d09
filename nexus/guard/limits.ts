import type { Rate } from '../bucket.ts';

/** Pod frames come once a second; twice that is taken, and ten at once after a stall of the network. */
export const POD_RATE: Rate = { perSecond: 2, burst: 10 };
