import type { RecordedInput, StampedInput } from '../../core/engine/input.ts';
import type { Take } from '../../core/engine/take.ts';
import { Fault } from '../../core/fault.ts';
import { patchScore } from '../../core/score/edit.ts';
import type { Score } from '../../core/score/schema.ts';
import { beginTakeFile, type CutOffTake, type TakeFile, type TakeHead } from './take-file.ts';

/** What the engine is told to play. */
export interface Load {
  readonly score: Score;
  readonly seed: number;
  readonly resume: {
    /** As the engine wrote it; null to live through the whole journal again. */
    readonly snapshot: string | null;
    /** The journal, from one entry before the snapshot on: the next is numbered after it. */
    readonly inputs: readonly StampedInput[];
    readonly elapsed: number;
  } | null;
}

/** What a new take begins with. */
export type Beginning = Pick<TakeHead, 'score' | 'seed' | 'source' | 'pace' | 'minimumPods'>;

export interface Takes {
  /** What the engine shall play: the take that is under way, or else a new one. */
  readonly load: () => Load;
  /** Journal entries from the engine, in order; those known already are passed over. @throws Fault where some are missing */
  readonly record: (inputs: readonly RecordedInput[]) => void;
  /** Keeps the latest snapshot, from which the engine can go on at entry `seq`. False where the journal has not come so far. */
  readonly keepSnapshot: (seq: number, data: string) => boolean;
  readonly started: () => void;
  readonly stopped: () => void;
  /** Another score or source: the next load begins anew. */
  readonly abandon: () => void;
  readonly isPlaying: () => boolean;
  /** What was played since the start; null before. */
  readonly take: () => Take | null;
  /** The score as the engine knows it from its journal. */
  readonly heard: () => Score;
}

/** A score with the edits of a journal in it. @throws Fault where they do not fit it */
export const heardScore = (score: Score, inputs: readonly StampedInput[]): Score =>
  inputs.reduce((heard, { input }) => (input.kind === 'edit' ? patchScore(heard, input.patches.map(({ op, path, value }) => ({ op, path, value }))) : heard), score);

interface Current {
  readonly beginning: Beginning;
  readonly inputs: StampedInput[];
  /** Frames among them that hold only those who agreed to be recorded. */
  substituted: number;
  /** The engine's own, in memory alone: a start of the whole app is rare, and there the journal does. */
  snapshot: { readonly seq: number; readonly data: string } | null;
  state: 'waiting' | 'playing' | 'over';
  startedAt: number;
  /** Microseconds, once it is over. */
  length: number;
  file: TakeFile | null;
}

export interface TakeOptions {
  readonly folder: string;
  readonly beginning: () => Beginning;
  /** Time of day in milliseconds: a take that was cut off goes on where the night is now. */
  readonly wall: () => number;
  readonly cutOff: CutOffTake | null;
  /** The disk refused; the take goes on in memory. */
  readonly unkept: (error: unknown) => void;
}

/** The take of this performance, in memory and on disk, so that a crash of the engine or of all loses a second at most. */
export const createTakes = ({ folder, beginning, wall, cutOff, unkept }: TakeOptions): Takes => {
  const waiting = (): Current => ({ beginning: beginning(), inputs: [], substituted: 0, snapshot: null, state: 'waiting', startedAt: 0, length: 0, file: null });
  const onDisk = (work: () => TakeFile | null): TakeFile | null => {
    try {
      return work();
    } catch (error) {
      unkept(error);
      return null;
    }
  };
  const keep = (take: Current): void => {
    take.file = onDisk(() => {
      const file = beginTakeFile(folder, { ...take.beginning, startedAt: take.startedAt });
      if (take.inputs.length > 0) file.append(take.inputs);
      if (take.substituted > 0) file.substituted();
      return file;
    });
  };
  let current = waiting();
  if (cutOff !== null) {
    current = { beginning: cutOff.head, inputs: [...cutOff.inputs], substituted: cutOff.substituted ? 1 : 0, snapshot: null, state: 'playing', startedAt: cutOff.head.startedAt, length: 0, file: null };
    keep(current);
  }

  const elapsed = (): number => Math.max(current.inputs.at(-1)?.effective ?? 0, Math.round((wall() - current.startedAt) * 1000));
  const end = (): void => {
    if (current.state !== 'playing') return;
    current.length = elapsed();
    current.state = 'over';
    current.snapshot = null;
    const { file } = current;
    current.file = onDisk(() => {
      file?.end();
      return null;
    });
  };
  const resume = (): Load['resume'] => {
    const { snapshot } = current;
    // Given once: an engine that falls over its snapshot must not be given it again.
    current.snapshot = null;
    const inputs = snapshot === null ? current.inputs : current.inputs.slice(Math.max(0, snapshot.seq - 1));
    return { snapshot: snapshot?.data ?? null, inputs, elapsed: elapsed() };
  };
  return {
    load: () => {
      if (current.state !== 'playing') current = waiting();
      const { score, seed } = current.beginning;
      return { score, seed, resume: current.state === 'playing' ? resume() : null };
    },
    record: (inputs) => {
      const fresh = inputs.filter((stamped) => stamped.seq >= current.inputs.length);
      if (fresh.some((stamped, index) => stamped.seq !== current.inputs.length + index)) {
        throw new Fault('entries of the journal are missing', `entry ${current.inputs.length}`, 'send the journal from there');
      }
      const entries = fresh.map(({ seq, effective, input }): StampedInput => ({ seq, effective, input }));
      const first = current.substituted === 0;
      current.inputs.push(...entries);
      current.substituted += fresh.filter(({ substituted }) => substituted).length;
      const { file } = current;
      if (file === null || fresh.length === 0) return;
      current.file = onDisk(() => {
        if (first && current.substituted > 0) file.substituted();
        file.append(entries);
        return file;
      });
    },
    keepSnapshot: (seq, data) => {
      if (current.state !== 'playing' || seq > current.inputs.length) return false;
      current.snapshot = { seq, data };
      return true;
    },
    started: () => {
      if (current.state === 'playing') return;
      if (current.state === 'over') current = waiting();
      current.state = 'playing';
      current.startedAt = wall();
      keep(current);
    },
    stopped: end,
    abandon: () => {
      end();
      current = waiting();
    },
    isPlaying: () => current.state === 'playing',
    take: () => {
      if (current.state === 'waiting') return null;
      const length = current.state === 'over' ? current.length : elapsed();
      const { score, seed, source, minimumPods } = current.beginning;
      return { format: 'dreamscore-take', version: 1, score, seed, source, minimumPods, length, substituted: current.substituted, inputs: current.inputs };
    },
    heard: () => heardScore(current.beginning.score, current.inputs),
  };
};
