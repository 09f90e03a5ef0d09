/** A shard or a merger as a process of its own, told by its one argument what to be; it ends with its parent. */
import { runMerger } from '../../../nexus/scale/merger.ts';
import { runShard } from '../../../nexus/scale/shard.ts';
import { z } from 'zod';
import { brokerSourceSchema } from '../../../core/ipc/room.ts';

const count = z.int().min(0);
const asked = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('shard'), broker: brokerSourceSchema, gathering: z.string(), shard: count, of: count, firstMs: count }),
    z.strictObject({
      kind: z.literal('merger'), broker: brokerSourceSchema, gathering: z.string(), of: count,
      above: z.strictObject({ gathering: z.string(), shard: count, of: count }),
      back: z.strictObject({ settleMs: count, fadeMs: count }),
    }),
  ])
  .parse(JSON.parse(process.argv[2] ?? ''));

const program = asked.kind === 'shard' ? runShard(asked) : runMerger(asked);
process.on('disconnect', () => process.exit(0));
process.on('message', () => process.send?.(program.health()));
await program.start();
process.send?.(program.health());
