import type { Shard } from '../../core/signal/fold.ts';

/** The fold at one moment over those who agreed to be published. */
export interface PublishedSums {
  readonly shard: Shard;
  readonly pods: number;
  /**
   * Who is in it, by names that mean nothing outside the Nexus; compared, never written anywhere, and not to be changed afterwards: each moment brings its own. Without it only the
   * number is seen, and one who comes while another goes is not.
   */
  readonly members?: ReadonlySet<string>;
}
