import { exp, log } from './elementary.ts';

const LN10_BY_20 = 0.11512925464970229;

/** Gain factor of a level in decibels: 10^(dB / 20). 0 dB is 1; -Infinity is 0. */
export const gainOfDecibels = (decibels: number): number => exp(decibels * LN10_BY_20);

/** Level in decibels of a gain factor: 20 log10(gain). 1 is 0 dB; 0 is -Infinity; the sign is ignored. */
export const decibelsOfGain = (gain: number): number => log(Math.abs(gain)) / LN10_BY_20;
