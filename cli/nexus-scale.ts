import { FIELD } from '../core/signal/fold.ts';
import type { Fault } from '../core/fault.ts';
import type { Log } from '../nexus/log.ts';
import type { Clock } from '../nexus/clock.ts';
import { keepBeat } from '../nexus/beat.ts';
import { runMerger } from '../nexus/scale/merger.ts';
import { runShard, type ScaleProgram } from '../nexus/scale/shard.ts';
import type { NexusArguments } from './nexus-arguments.ts';
import { beginPublishing, type PublishedFile } from './nexus-sinks.ts';

type Does = Exclude<NexusArguments['does'], { kind: 'hear' }>;

/** The merger's own publishing: from the sums of each moment. */
const publishFrom = (file: PublishedFile): NonNullable<Parameters<typeof runMerger>[0]['onMerged']> => {
  let start: number | null = null;
  return ({ sums }, moment) => {
    start ??= moment;
    file.look(moment - start, { published: () => ({ shard: sums.published, pods: sums.published[FIELD.pods] ?? 0 }), everyone: () => sums.published });
  };
};

const makeProgram = (does: Does, publishing: PublishedFile | null): ScaleProgram => {
  const { gathering, mqtt } = does.room;
  const [broker] = mqtt;
  if (broker === undefined) throw new Error('the arguments have a broker, or they would have been refused');
  if (does.kind === 'shard') return runShard({ broker, gathering, shard: does.shard, of: does.of });
  return runMerger({ broker, gathering, of: does.of, ...(publishing === null ? {} : { onMerged: publishFrom(publishing) }) });
};

/** Runs a shard or the merger until `over`. @throws Fault */
export const runScaled = async (does: Does, given: NexusArguments, clock: Clock, over: Promise<void>, log: Log, lost: (fault: Fault) => void): Promise<void> => {
  const publishing = await beginPublishing(given, log, lost);
  const program = makeProgram(does, publishing);
  await program.start();
  log.info('open', { source: program.name });
  let said = '';
  const end = keepBeat(clock, 1_000, () => {
    const { state, words } = program.health();
    if (state !== said) log.info('state', { state, words });
    said = state;
    return true;
  });
  await over;
  end();
  await program.stop();
  await publishing?.end();
  log.info('closed');
};
