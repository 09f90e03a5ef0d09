import { basename } from 'node:path';
import { FRAME_MICROS, stampedFrames, type GatheringInput } from '../core/engine/gathering-input.ts';
import type { Take } from '../core/engine/take.ts';
import { Fault } from '../core/fault.ts';
import type { Score } from '../core/score/schema.ts';
import { COLLECTIVE_HZ, type CollectiveFrame } from '../core/signal/collective-frame.ts';
import { MICROS_PER_SECOND, micros, type Micros } from '../core/units.ts';
import { OWN_GATE } from './aggregator.ts';
import { gatheringSeconds, openGathering, type GatheringSource } from './gathering-source.ts';
import { readRecording } from './recording/read-recording.ts';

/** What to compose, as the command line and main ask for it. */
export type GatheringRequest =
  | { readonly kind: 'simulate'; readonly score: Score; readonly seed: number; readonly pods: number; readonly sourceSeed: number; readonly startAt: number }
  | { readonly kind: 'nights'; readonly score: Score; readonly seed: number; readonly files: readonly string[]; readonly align: 'onset' | 'start'; readonly startAt: number }
  | { readonly kind: 'take'; readonly take: Take };

const frames = function* (source: GatheringSource, startAt: number, to: Micros): Generator<CollectiveFrame, void, undefined> {
  const gathering = openGathering(source);
  const first = Math.round(startAt * COLLECTIVE_HZ);
  for (let quarter = first; ; quarter += 1) {
    const t = (quarter - first) * FRAME_MICROS;
    if (t >= to) return;
    yield { ...gathering.at(quarter), t };
  }
};

const fromSource = (take: GatheringInput['take'], source: GatheringSource, startAt: number): GatheringInput => {
  const seconds = gatheringSeconds(source);
  const length = seconds === null ? null : seconds - startAt;
  if (length !== null && length <= 0) throw new Fault('the nights are over before the gathering begins', `start at ${startAt} s of ${seconds} s`, 'begin earlier in the night');
  return {
    take,
    inputs: (to) => stampedFrames(frames(source, startAt, to)),
    length: length === null ? null : micros(Math.round(length * MICROS_PER_SECOND)),
  };
};

/** Reads what a request names. @throws Fault where a file cannot be used */
export const openInput = async (request: GatheringRequest): Promise<GatheringInput> => {
  switch (request.kind) {
    case 'simulate': {
      const source = { kind: 'simulate', pods: request.pods, seed: request.sourceSeed } as const;
      return fromSource({ score: request.score, seed: request.seed, source, minimumPods: OWN_GATE }, { simulate: request.pods, seed: request.sourceSeed }, request.startAt);
    }
    case 'nights': {
      const nights = [];
      for (const file of request.files) nights.push(await readRecording(file));
      const source = { kind: 'night', files: request.files.map((file) => basename(file)), align: request.align } as const;
      return fromSource({ score: request.score, seed: request.seed, source, minimumPods: OWN_GATE }, { nights, align: request.align, seed: request.seed }, request.startAt);
    }
    case 'take': {
      const { take } = request;
      return { take, inputs: () => take.inputs, length: micros(take.length) };
    }
  }
};
