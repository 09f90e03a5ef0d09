import { gatheringFrames } from '../../nexus/gathering-source.ts';
import { gateFigures } from './simulator-gates.ts';

/** The simulator beside hand-scored nights, and how fast a night of 24 sleepers is made; lines for people. */
export const benchSimulator = (): string[] => {
  const lines = gateFigures(500, 1).map(({ name, value, low, high, data }) => `${name}: ${value.toFixed(1)} (gate ${low} to ${high}; hand-scored ${data})`);
  const start = performance.now();
  let frames = 0;
  for (const frame of gatheringFrames({ simulate: 24, seed: 1, seconds: 28_800 })) frames += frame.n > 0 ? 1 : 0;
  const seconds = (performance.now() - start) / 1_000;
  return [...lines, `8 h of 24 simulated sleepers: ${frames} collective frames in ${seconds.toFixed(1)} s (${Math.round(frames / seconds)} a second)`];
};
