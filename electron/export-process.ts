import { availableParallelism } from 'node:os';
import { isParentPort, serveExports } from '../export/serve-exports.ts';
import { workerBeside } from '../export/worker-beside.ts';
import { openInput } from '../nexus/gathering-input.ts';

/** Entry of the export process, which main starts for each export. */
if (!('parentPort' in process) || !isParentPort(process.parentPort)) throw new Error('this program is started by the studio; on the command line there is dreamscore render');
// The music may be playing meanwhile: a core stays free for it.
serveExports(process.parentPort, openInput, { url: workerBeside(import.meta.url), count: Math.max(1, availableParallelism() - 1) });
