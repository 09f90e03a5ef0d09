import type { Mapping } from '../../../core/score/schema.ts';

const bend = (curve: Mapping['curve'], x: number): number => {
  if (curve === 'early') return 1 - (1 - x) * (1 - x);
  if (curve === 'late') return x * x;
  return curve === 'smooth' ? x * x * (3 - 2 * x) : x;
};

/** SVG path, 24 by 16, of what a mapping adds over its signal from 0 to 1; the picture of the curve, not the music's own reckoning. */
export const curvePath = ({ curve, range, polarity }: Pick<Mapping, 'curve' | 'range' | 'polarity'>): string => {
  const points = Array.from({ length: 13 }, (_, index) => {
    const x = index / 12;
    const shaped = bend(curve, polarity === '-' ? 1 - x : x);
    const added = range[0] + (range[1] - range[0]) * shaped;
    return `${Math.round(x * 240) / 10} ${Math.round((8 - added * 8) * 10) / 10}`;
  });
  return `M${points.join('L')}`;
};
