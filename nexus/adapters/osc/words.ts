import { isRefusal } from '../../guard/tally.ts';
import { VERDICT_WORDS, type Verdict } from '../../guard/verdict.ts';
import type { AdapterHealth } from '../adapter.ts';
import type { Layout } from './layout.ts';

/** After so long a sensor counts as silent. */
export const SILENT_MS = 10_000;

/** What is known of a port. */
export interface Heard {
  readonly port: number;
  readonly open: boolean;
  readonly layout: Layout;
  /** How long ago each sleeper was last heard, milliseconds. */
  readonly ages: readonly number[];
  /** Wall time in Unix milliseconds, for people. */
  readonly unixNow: number;
  /** Something came in the last 10 s that the layout does not know. */
  readonly strange: boolean;
  readonly letGo: number;
  /** The last refusal of the guard, or null. */
  readonly refused: Verdict | null;
}

const seconds = (ms: number): string => (ms < 120_000 ? `${Math.round(ms / 1_000)} s` : `${Math.round(ms / 60_000)} min`);
const clockTime = (unix: number): string => new Date(unix).toTimeString().slice(0, 8);

const silence = (age: number, unixNow: number, { check }: Layout): string =>
  `nothing heard for ${seconds(age)}; last at ${clockTime(unixNow - age)}; check that ${check}`;

const place = ({ port, open }: Heard): string => `UDP port ${port}${open ? '' : ' (from this machine alone)'}`;

/** One word for machines and a sentence for the host. */
export const healthOf = (heard: Heard): AdapterHealth => {
  const { ages, layout, unixNow } = heard;
  const live = ages.filter((age) => age < SILENT_MS);
  const quiet = ages.filter((age) => age >= SILENT_MS);
  const extra = [
    ...(heard.strange ? ['something arrives that this layout does not know'] : []),
    ...(heard.letGo > 0 ? [`more comes than this machine can take: ${heard.letGo} messages were let go`] : []),
    ...(heard.refused !== null && isRefusal(heard.refused) ? [`a pod ${VERDICT_WORDS[heard.refused]}`] : []),
  ];
  const told = (words: string): string => [words, ...extra].join('; ');
  if (ages.length === 0) return { state: 'waiting', words: told(`Listens on ${place(heard)}; nothing heard yet`) };
  if (live.length === 0) return { state: 'waiting', words: told(`On ${place(heard)} ${silence(Math.min(...quiet), unixNow, layout)}`) };
  const some = `Hears ${live.length} ${live.length === 1 ? 'sleeper' : 'sleepers'} on ${place(heard)}`;
  if (quiet.length === 0) return { state: 'live', words: told(some) };
  return { state: 'live', words: told(`${some}; from ${quiet.length} more ${silence(Math.min(...quiet), unixNow, layout)}`) };
};
