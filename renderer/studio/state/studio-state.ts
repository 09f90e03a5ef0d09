import type { DocumentState, ExportProgress, GatheringSource, PresetSummary } from '../../../core/ipc/contract.ts';
import type { RoomView } from '../../../core/ipc/room.ts';
import type { SensorsView } from '../../../core/ipc/sensors.ts';
import type { EngineView, NightMinute } from '../../../core/ipc/engine-view.ts';
import type { ScoreEvent } from '../../../core/events/event.ts';

export const PLACES = ['perform', 'compose', 'gathering', 'library', 'export'] as const;
export type Place = (typeof PLACES)[number];

export interface Notice {
  readonly key: number;
  readonly tone: 'info' | 'warning';
  readonly text: string;
}

/** Everything the views draw. They hold nothing of the music themselves. */
export interface StudioState {
  readonly place: Place;
  readonly dim: boolean;
  /** Single keys (1, F, M ...) act as shortcuts; people who speak to their computer turn them off. */
  readonly singleKeys: boolean;
  /** `waiting` until the first view, `lost` when views stop coming. */
  readonly engine: 'waiting' | 'live' | 'lost';
  readonly view: EngineView | null;
  readonly night: readonly NightMinute[];
  /** Latest events, oldest first. */
  readonly events: readonly ScoreEvent[];
  readonly document: DocumentState | null;
  readonly gathering: GatheringSource | null;
  /** How far recordings have been read; null while none are. */
  readonly reading: { readonly share: number; readonly left: number | null } | null;
  /** The room that is open, as its host sees it. */
  readonly room: RoomView | null;
  /** Bluetooth sensors that this machine holds, and the look for one; null until main has told. */
  readonly sensors: SensorsView | null;
  readonly presets: readonly PresetSummary[] | null;
  readonly exporting: ExportProgress | null;
  readonly notices: readonly Notice[];
  /** What assistive technology is told, politely. */
  readonly said: string;
}

export const EVENTS_KEPT = 400;

export const emptyState = (dim: boolean, singleKeys: boolean): StudioState => ({
  place: 'perform',
  dim,
  singleKeys,
  engine: 'waiting',
  view: null,
  night: [],
  events: [],
  document: null,
  gathering: null,
  reading: null,
  room: null,
  sensors: null,
  presets: null,
  exporting: null,
  notices: [],
  said: '',
});

/** The night so far with newer minutes in it; a minute that comes again replaces the older one. */
export const mergeNight = (night: readonly NightMinute[], minutes: readonly NightMinute[]): readonly NightMinute[] => {
  const first = minutes[0];
  if (first === undefined) return night;
  const last = night[night.length - 1];
  if (last === undefined || last.minute < first.minute) return [...night, ...minutes];
  const merged = new Map([...night, ...minutes].map((minute) => [minute.minute, minute]));
  return [...merged.values()].sort((a, b) => a.minute - b.minute);
};

/** The minute that has just begun, so that the clock's ring reaches to its hand; the engine sends it again once it is over. */
export const openMinute = (night: readonly NightMinute[], { frame, scene }: EngineView): Pick<StudioState, 'night'> | Record<never, never> => {
  if (frame === null || frame.gated) return {};
  const minute = Math.floor(frame.t / 60_000_000);
  if (minute <= (night[night.length - 1]?.minute ?? -1)) return {};
  return { night: mergeNight(night, [{ minute, share: frame.share, synchrony: frame.synchrony ?? 0, discord: frame.discord, scene: scene.id }]) };
};

/** The latest events with newer ones behind, at most `EVENTS_KEPT`. */
export const appendEvents = (events: readonly ScoreEvent[], more: readonly ScoreEvent[]): readonly ScoreEvent[] => [...events, ...more].slice(-EVENTS_KEPT);
