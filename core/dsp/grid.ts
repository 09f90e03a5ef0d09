/**
 * The grids on which sound is made. All are counted in frames at 48 kHz from the gathering's start,
 * so that a rendering may begin anywhere, in blocks of any size, and still meet the same borders.
 */

/** Frames made at a time. Envelopes and controls are exact at its borders and linear between them. */
export const QUANTUM = 128;
/** A continuous control glides to a new value over one step of the control grid: 50 ms. */
export const CONTROL_STEP = 2_400;
/** A stolen or silenced note fades to exact zero over this long: 50 ms. */
export const FADE_FRAMES = 2_400;
/** After its off (a bell: after its on) no note sounds longer than this: 12 s. */
export const MAX_RELEASE_FRAMES = 576_000;
/** The room's memory is cut in segments of this many frames (10.9 s), aligned to frame 0. */
export const ROOM_SEGMENT = 524_288;

/**
 * How far before its first wanted frame a rendering must begin at most, so that its samples equal
 * those of a rendering from the start: two segments of the room and the limiter's memory.
 */
export const PREROLL_FRAMES = 2 * ROOM_SEGMENT + 131_072;

/**
 * The frame from which to render so that `frame` and all later ones are right. 0 or a multiple of
 * QUANTUM, at most PREROLL_FRAMES earlier. Messages of before are still to be given to the layer.
 */
export const prerollStart = (frame: number): number => Math.max(0, Math.floor((frame - PREROLL_FRAMES) / QUANTUM) * QUANTUM + QUANTUM);

/** The quantum border at or before a frame. */
export const quantumStart = (frame: number): number => Math.floor(frame / QUANTUM) * QUANTUM;
