import type { Fault } from '../core/fault.ts';
import type { Shard } from '../core/signal/fold.ts';
import { PRIVATE_DELTA, privateHeadLine, privateLine } from '../core/signal/private-bin.ts';
import { publishedHead, publishedLine } from '../core/signal/published-frame.ts';
import { beginLines } from '../nexus/line-writer.ts';
import type { Log } from '../nexus/log.ts';
import { createPrivatePublisher } from '../nexus/publish/private-publisher.ts';
import type { PublishedSums } from '../nexus/publish/published-sums.ts';
import { createPublisher } from '../nexus/publish/publisher.ts';
import { secureCoins } from '../nexus/publish/secure-coins.ts';
import type { NexusArguments } from './nexus-arguments.ts';

/** The sums of one moment, by what a stream asks for. */
export interface PublishedLook {
  readonly published: () => PublishedSums;
  /** With those who wait for a batch. */
  readonly everyone: () => Shard;
}

/** A stream that leaves the room, as it is written to a file. */
export interface PublishedFile {
  /** Once a second. @param now milliseconds from the gathering's start */
  look(now: number, sums: PublishedLook): void;
  end(): Promise<void>;
}

const NIGHT_HOURS = 8;

/** The stream of those who agreed to be published. */
const beginCoarse = async (path: string, log: Log, failed: (fault: Fault) => void): Promise<PublishedFile> => {
  const lines = await beginLines(path, 'the published stream', failed);
  const publisher = createPublisher();
  lines.write(publishedHead());
  let silent: string | null = null;
  return {
    look: (now, sums) => {
      const published = publisher.look(now, sums.published());
      if (published === null) return;
      if (published.frame !== null) lines.write(publishedLine(published.frame));
      else if (published.reason !== silent) log.info('not published', { why: published.reason });
      silent = published.frame === null ? published.reason : null;
    },
    end: lines.end,
  };
};

/** The same with differential privacy: half hours of counts with noise. */
const beginPrivate = async (path: string, epsilon: number, log: Log, failed: (fault: Fault) => void): Promise<PublishedFile> => {
  const publisher = createPrivatePublisher({ epsilon, delta: PRIVATE_DELTA, hours: NIGHT_HOURS, random: secureCoins() });
  const lines = await beginLines(path, 'the published stream', failed);
  lines.write(privateHeadLine(publisher.head));
  log.info('differential privacy', { epsilon, delta: PRIVATE_DELTA, sigma: publisher.head.sigma });
  return {
    look: (now, sums) => {
      const release = publisher.look(now, sums.everyone());
      if (release === null) return;
      if (release.bin !== null) lines.write(privateLine(release.bin));
      else log.info('not published', { why: release.reason });
      log.info('privacy spent', { ...publisher.spent() });
    },
    end: lines.end,
  };
};

/** Begins the stream that was asked for; null where none was. @throws Fault where epsilon would protect nobody, or the file cannot be made */
export const beginPublishing = async ({ publish, epsilon }: Pick<NexusArguments, 'publish' | 'epsilon'>, log: Log, failed: (fault: Fault) => void): Promise<PublishedFile | null> => {
  if (publish === null) return null;
  return epsilon === null ? beginCoarse(publish, log, failed) : beginPrivate(publish, epsilon, log, failed);
};
