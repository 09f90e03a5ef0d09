import type { TakeHead } from '../core/engine/gathering-input.ts';
import type { ScoreEvent } from '../core/events/event.ts';
import type { Micros } from '../core/units.ts';
import type { FileSum } from './line-file.ts';

/** How much was written, by kind. */
export interface Counts {
  readonly events: Readonly<Record<ScoreEvent['kind'], number>>;
  readonly frames: number;
}

export interface ManifestOf {
  /** Version of Dreamscore that made it. */
  readonly made: string;
  readonly take: TakeHead;
  readonly from: Micros;
  readonly to: Micros;
  readonly counts: Counts;
  readonly files: readonly (FileSum & { readonly name: string })[];
}

/**
 * The text of `manifest.json`: what was made, from what, and each file with its size and SHA-256.
 * It knows no date and no place on a disk, so that the same gathering gives the same bytes anywhere.
 */
export const manifestText = ({ made, take, from, to, counts, files }: ManifestOf): string =>
  `${JSON.stringify(
    {
      format: 'dreamscore-manifest',
      version: 1,
      dreamscore: made,
      score: { title: take.score.title, credits: take.score.credits, licence: take.score.licence },
      source: take.source,
      minimumPods: take.minimumPods,
      ...((take.substituted ?? 0) > 0 && { substituted: take.substituted }),
      seed: take.seed,
      span: { from, to },
      counts: { frames: counts.frames, events: counts.events },
      files: files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
    },
    null,
    2,
  )}\n`;
