import { TICKS_PER_QUARTER } from '../../units.ts';
import { chance, nearestKey, playableRange, velocity, type DraftNote, type Generator } from '../generator.ts';

/** Bars that one breath of the drone lasts. */
const BARS = 4;

/**
 * A ground that never ends: the home note held over four bars and taken up again before it fades,
 * with the fifth above (and, where the chord leaves home far behind, the chord's own root) as
 * density allows.
 */
export const drone: Generator = (context, memory) => {
  if (context.bar < memory.nextBar) return { notes: [], memory };
  const [low, high] = playableRange(context);
  const { chord, home, parameters } = context;
  const ground = chord.pitchClasses.includes(home) ? home : chord.root;
  const foot = nearestKey(ground, memory.keys[0] ?? low + 3, low, Math.min(high, low + 16));
  const ticks = BARS * context.barTicks + TICKS_PER_QUARTER;
  const notes: DraftNote[] = [{ offset: 0, ticks, pitch: foot, velocity: velocity(context, 66, 0), rule: 'drone: the ground' }];
  const fifth = foot + 7;
  const above = foot + 12;
  // A second voice enters late and leaves early, so that the ground itself seems to breathe.
  const enter = Math.round((1 + 0.5 * chance(context, 'enter')) * context.barTicks);
  const length = ticks - enter - context.barTicks;
  if (parameters.density > 0.25 + 0.5 * chance(context, 'second')) {
    const pitch = fifth <= high && context.scale.includes(fifth % 12) ? fifth : above;
    if (pitch <= high) notes.push({ offset: enter, ticks: length, pitch, velocity: velocity(context, 48, 1), rule: 'drone: a second voice' });
  }
  return { notes, memory: { ...memory, keys: [foot], nextBar: context.bar + BARS } };
};
