import type { Take } from '../../core/engine/take.ts';
import { createFrameFacts } from './facts.ts';
import { isOfOne, verdictOf, type About, type PrivacyReport } from './report.ts';

const ABOUT: Readonly<Record<Take['source']['kind'], About>> = { simulate: 'nobody', night: 'own nights', live: 'a room' };

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

const sourceInWords = (source: Take['source']): string => {
  if (source.kind === 'simulate') return counted(source.pods, 'simulated sleeper');
  if (source.kind === 'night') return counted(source.files.length, 'recorded night');
  return 'a live room';
};

/** What a take holds. */
export const takeReport = (take: Take, name: string): PrivacyReport => {
  const collected = createFrameFacts();
  for (const { effective, input } of take.inputs) if (input.kind === 'frame') collected.add({ t: effective, n: input.frame.n, gated: input.frame.gated });
  const frames = collected.facts();
  const about = ABOUT[take.source.kind];
  const substituted = take.substituted ?? 0;
  const problems: string[] = [];
  if (frames.least !== null && frames.least < take.minimumPods) problems.push(`it says that ${take.minimumPods} pods had to be live, and has a frame of ${frames.least}`);
  if (substituted > frames.frames) problems.push(`it says that ${substituted} frames were substituted, and has ${frames.frames}`);
  return {
    name, kind: 'take', about, source: sourceInWords(take.source), minimumPods: take.minimumPods, frames, substituted,
    singlePerson: isOfOne(about, frames), epsilon: null, problems, verdict: verdictOf(about, frames, problems), files: [],
  };
};
