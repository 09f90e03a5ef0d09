import type { LayerMessage } from '../../../core/dsp/types.ts';
import type { Performed } from '../../../core/events/performed.ts';
import { layerSound, soundMessage, tuningSemitones } from '../../../core/events/sound-messages.ts';
import type { SoundHealth } from '../../../core/ipc/engine-view.ts';
import type { Layer, Score } from '../../../core/score/schema.ts';
import { SAMPLE_RATE } from '../../../core/units.ts';
import { createGatheringClock, type GatheringClock } from '../clock/gathering-clock.ts';
import { createOutputMap } from '../clock/output-map.ts';
import { makeLayerChannel, onQuantum, type LayerChannel } from './layer-channel.ts';
import { createStandingMessages, type StandingMessages } from './standing-messages.ts';
import type { SoundOutput } from './sound-output.ts';
import type { FromLayer } from './worklet-messages.ts';

/** From the click to frame 0, and from an edit to the rebuilt layer: time for the audio thread to be ready. */
const LEAD_SECONDS = 0.3;
const CROSS_FADE_SECONDS = 0.06;
const AUDITION_SECONDS = 1.5;

export interface Sound {
  /** Builds the layers and starts the gathering's clock at `elapsed` microseconds. */
  readonly begin: (score: Score, seed: number, elapsed: number, standing: readonly Performed[]) => void;
  /** Microseconds since the gathering's start, by the audio clock. */
  readonly now: () => number;
  readonly play: (performed: readonly Performed[]) => void;
  /** The score as edited: only layers whose sound changed are built anew, with a short cross-fade. */
  readonly edit: (score: Score) => void;
  /** One note of a layer at once, heard by nobody's journal. */
  readonly audition: (layer: string, pitch: number) => void;
  /** Counts onsets that were left out before they reached the sound. */
  readonly missed: (count: number) => void;
  readonly panic: () => void;
  /** Sound again after a panic. */
  readonly unmute: () => void;
  readonly end: () => void;
  /** `performance.now()` at which a moment of the gathering is heard. */
  readonly heardAt: (t: number) => number;
  readonly meterDb: (layer: string) => number;
  readonly health: () => SoundHealth;
}

interface Playing {
  readonly layer: Layer;
  readonly input: number;
  readonly channel: LayerChannel;
  readonly standing: StandingMessages;
}

/** What decides how a layer sounds; a change elsewhere in the score leaves it alone. */
const soundKey = (layer: Layer, score: Score): string => JSON.stringify([layer.instrument, layer.gainDb, layer.pan, score.room]);

/** Messages of each layer out of what is performed, in the order given. */
export const messagesByLayer = (performed: readonly Performed[], a4Hz: number): Map<string, LayerMessage[]> => {
  const tuning = tuningSemitones(a4Hz);
  const byLayer = new Map<string, LayerMessage[]>();
  for (const event of performed) {
    const message = soundMessage(event, tuning);
    if (message === null) continue;
    const list = byLayer.get(event.layer);
    if (list === undefined) byLayer.set(event.layer, [message]);
    else list.push(message);
  }
  return byLayer;
};

export const createSound = (output: SoundOutput): Sound => {
  const { context, mix } = output;
  const playing = new Map<string, Playing>();
  const map = createOutputMap();
  let clock: GatheringClock | null = null;
  let origin = 0;
  let score: Score | null = null;
  let seed = 0;
  let late = 0;
  let auditions = 0;
  let failure: string | null = null;

  const onMessage = (message: FromLayer): void => {
    if (message.kind === 'late') late += message.count;
    else failure = message.reason;
  };

  const contextFrame = (): number => Math.round(context.currentTime * SAMPLE_RATE);
  const nextStart = (): number => onQuantum(contextFrame() + LEAD_SECONDS * SAMPLE_RATE) - origin;

  const add = (layer: Layer, input: number, start: number, standing: StandingMessages, fadeIn: number): void => {
    if (score === null) return;
    const channel = makeLayerChannel(context, mix, input, {
      sound: layerSound(layer, seed), room: score.room, origin, start, standing: standing.all(), fadeIn, onMessage,
    });
    playing.set(layer.id, { layer, input, channel, standing });
  };

  /** All layers anew, so that the gathering stands at `elapsed` when the audio thread is ready. */
  const build = (elapsed: number, standing: ReadonlyMap<string, StandingMessages>): void => {
    const readyAt = onQuantum(contextFrame() + LEAD_SECONDS * SAMPLE_RATE);
    const start = onQuantum((elapsed * 6) / 125);
    origin = readyAt - start;
    clock ??= createGatheringClock(origin / SAMPLE_RATE);
    clock.anchor(origin / SAMPLE_RATE);
    for (const { channel } of playing.values()) channel.dispose();
    playing.clear();
    score?.layers.forEach((layer, input) => add(layer, input, start, standing.get(layer.id) ?? createStandingMessages(), 0));
  };

  const send = (performed: readonly Performed[]): void => {
    if (score === null) return;
    for (const [id, messages] of messagesByLayer(performed, score.a4Hz)) {
      const target = playing.get(id);
      target?.standing.note(messages);
      target?.channel.send(messages);
    }
  };

  const read = (): number => {
    if (clock === null) return 0;
    const stamp = context.rawContext instanceof AudioContext ? context.rawContext.getOutputTimestamp() : {};
    if (stamp.contextTime !== undefined && stamp.performanceTime !== undefined && stamp.performanceTime > 0) map.observe(stamp.contextTime, stamp.performanceTime);
    else map.observe(context.currentTime, performance.now());
    const reading = clock.read(context.currentTime, performance.now());
    // The audio clock stood still and runs again: take the sound up where the music is.
    if (reading.audioIsBack) {
      build(reading.now, new Map([...playing].map(([id, { standing }]) => [id, standing])));
      return reading.now;
    }
    return reading.now;
  };

  return {
    begin: (newScore, newSeed, elapsed, standing) => {
      score = newScore;
      seed = newSeed;
      late = 0;
      failure = null;
      clock = null;
      output.setCeiling(newScore.ceilingDb);
      output.unmute();
      const standings = new Map<string, StandingMessages>();
      for (const [id, messages] of messagesByLayer(standing, newScore.a4Hz)) {
        const known = createStandingMessages();
        known.note(messages);
        standings.set(id, known);
      }
      build(elapsed, standings);
    },
    now: read,
    play: send,
    edit: (newScore) => {
      if (score === null) return;
      const old = score;
      score = newScore;
      if (old.ceilingDb !== newScore.ceilingDb) output.setCeiling(newScore.ceilingDb);
      const start = nextStart();
      const at = (origin + start) / SAMPLE_RATE;
      const taken = new Set<number>();
      for (const [id, { layer, channel, input }] of playing) {
        const now = newScore.layers.find((each) => each.id === id);
        if (now !== undefined && soundKey(now, newScore) === soundKey(layer, old)) {
          taken.add(input);
          continue;
        }
        channel.leave(at, CROSS_FADE_SECONDS);
        if (now === undefined) playing.delete(id);
      }
      for (const layer of newScore.layers) {
        const present = playing.get(layer.id);
        if (present !== undefined && taken.has(present.input) && soundKey(layer, newScore) === soundKey(present.layer, old)) continue;
        let input = 0;
        while (taken.has(input)) input += 1;
        taken.add(input);
        add(layer, input, start, present?.standing ?? createStandingMessages(), CROSS_FADE_SECONDS);
      }
    },
    audition: (layer, pitch) => {
      const frame = contextFrame() - origin;
      auditions += 1;
      // Notes of the take count up from 0, these down from -1.
      playing.get(layer)?.channel.send([
        { kind: 'on', frame, note: -auditions, pitch, velocity: 0.7 },
        { kind: 'off', frame: frame + AUDITION_SECONDS * SAMPLE_RATE, note: -auditions },
      ]);
    },
    missed: (count) => {
      late += count;
    },
    panic: () => {
      output.mute();
      const frame = contextFrame() - origin;
      for (const { channel, standing } of playing.values()) {
        standing.silence();
        channel.send([{ kind: 'silence', frame }]);
      }
    },
    unmute: () => output.unmute(),
    end: () => {
      for (const { channel } of playing.values()) channel.leave(context.currentTime, CROSS_FADE_SECONDS);
      playing.clear();
      clock = null;
      score = null;
    },
    heardAt: (t) => {
      const seconds = origin / SAMPLE_RATE + t / 1e6;
      return map.toPerformance(seconds) ?? performance.now() + (seconds - context.currentTime) * 1_000;
    },
    meterDb: (layer) => playing.get(layer)?.channel.meterDb() ?? -120,
    health: () => output.health(late, failure),
  };
};
