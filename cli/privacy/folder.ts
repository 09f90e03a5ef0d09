import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { takeSourceSchema, type Take } from '../../core/engine/take.ts';
import { Fault } from '../../core/fault.ts';
import { firstProblem } from '../../core/problem.ts';
import { readingFault } from '../../export/file-fault.ts';
import { MANIFEST, OWN_NAME } from '../../export/output-folder.ts';
import { readBoundedText } from '../presets.ts';
import { EMPTY } from './lines.ts';
import { readStream, readTake } from './open.ts';
import type { PrivacyReport } from './report.ts';
import { takeReport } from './take.ts';

/** What a manifest says; loose where later versions may say more. */
const manifestSchema = z.looseObject({
  format: z.literal('dreamscore-manifest'),
  version: z.literal(1),
  source: takeSourceSchema,
  minimumPods: z.int().min(1),
  substituted: z.int().min(0).default(0),
  files: z.array(z.strictObject({ name: z.string().regex(OWN_NAME, 'no name of a file that Dreamscore writes'), bytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) })).max(200),
});
type Manifest = z.output<typeof manifestSchema>;

const LARGEST_MANIFEST = 1024 * 1024;
const MEND = 'name a folder that dreamscore compose or render wrote';
/** What file managers leave in any folder. */
const FOLDER_KEEPING: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

const readManifest = async (folder: string): Promise<Manifest> => {
  const where = join(basename(folder), MANIFEST);
  const text = await readBoundedText(join(folder, MANIFEST), LARGEST_MANIFEST, 'manifest').catch((error: unknown) => {
    throw new Fault('this folder is no export: it has no manifest that can be read', basename(folder), MEND, { cause: error });
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Fault('this is no manifest: it is not whole JSON', where, MEND, { cause: error });
  }
  const result = manifestSchema.safeParse(value);
  if (result.success) return result.data;
  const { message, place } = firstProblem(result.error, 'the manifest');
  throw new Fault(`this is no manifest: ${message}`, `${where}, ${place}`, MEND);
};

const sumOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
};

/** What is wrong with a listed file, or null. A link is never followed. */
const wrongWith = async (folder: string, { name, bytes, sha256 }: Manifest['files'][number]): Promise<string | null> => {
  const path = join(folder, ...name.split('/'));
  const found = await lstat(path).catch(() => null);
  if (found === null) return `${name} is in the manifest and not there`;
  if (!found.isFile()) return `${name} is no plain file`;
  if (found.size !== bytes) return `${name} is not as it was written: ${found.size} bytes, not ${bytes}`;
  const sum = await sumOf(path).catch((error: unknown) => {
    throw readingFault(error, name);
  });
  return sum === sha256 ? null : `${name} is not as it was written: its SHA-256 is another`;
};

const others = async (folder: string, listed: ReadonlySet<string>): Promise<string[]> => {
  const present = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw readingFault(error, folder);
  });
  const names = present.filter((entry) => !entry.isDirectory() && !FOLDER_KEEPING.has(entry.name)).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll('\\', '/'));
  return names.filter((name) => name !== MANIFEST && !listed.has(name)).toSorted();
};

const MOST_NAMED = 20;

const POD_KEY = /"(?:sid|pStage|consent)"\s*:/;
const OVERLAP = 64;
/** Whether the events of the music carry a frame of one sleeper: they have no such field. */
const eventsAgainst = async (folder: string): Promise<readonly string[]> => {
  let before = '';
  try {
    for await (const chunk of createReadStream(join(folder, 'events.ndjson'), { encoding: 'utf8' })) {
      const text = `${before}${String(chunk)}`;
      if (POD_KEY.test(text)) return ['events.ndjson has fields of single sleepers'];
      before = text.slice(-OVERLAP);
    }
  } catch (error) {
    throw readingFault(error, 'events.ndjson');
  }
  return [];
};

/** What collective.ndjson says against the take that it was written from. */
const framesAgainst = async (folder: string, take: PrivacyReport): Promise<readonly string[]> => {
  try {
    const { frames } = await readStream(join(folder, 'collective.ndjson'));
    if (frames === null || take.frames === null) return [];
    if (frames.frames > take.frames.frames) return ['collective.ndjson has more frames than the take'];
    return (frames.least ?? Infinity) < (take.frames.least ?? Infinity) ? ['collective.ndjson has a frame of fewer pods than the take'] : [];
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return error.what === EMPTY ? [] : [`collective.ndjson: ${error.what} (${error.where})`];
  }
};

/** Where the manifest and the take do not say the same. */
const claimsAgainst = (manifest: Manifest, take: Take): readonly string[] => [
  ...(isDeepStrictEqual(manifest.source, take.source) ? [] : ['the manifest names another source than the take']),
  ...(manifest.minimumPods === take.minimumPods ? [] : ['the manifest names another gate than the take']),
  ...(manifest.substituted === (take.substituted ?? 0) ? [] : ['the manifest and the take differ in how many frames were substituted']),
];

/** Reports on the folder of an export. The manifest is checked, never believed: the take decides. @throws Fault */
export const folderReport = async (given: string): Promise<PrivacyReport> => {
  const folder = resolve(given);
  const manifest = await readManifest(folder);
  const listed = manifest.files.map(({ name }) => name);
  if (!listed.includes('take.json')) throw new Fault('this export has no take, so nothing can be said of whom it is about', basename(folder), MEND);
  const wrong: string[] = [];
  for (const file of manifest.files) {
    const found = await wrongWith(folder, file);
    if (found !== null) wrong.push(found);
  }
  const isThere = (name: string): boolean => listed.includes(name) && !wrong.some((each) => each.startsWith(name));
  const strange = await others(folder, new Set(listed));
  const take = await readTake(join(folder, 'take.json'));
  const report = takeReport(take, basename(folder));
  const problems = [
    ...report.problems,
    ...wrong,
    ...strange.slice(0, MOST_NAMED).map((name) => `${name} is not in the manifest, and was not looked at`),
    ...(strange.length > MOST_NAMED ? [`${strange.length - MOST_NAMED} further files are not in the manifest`] : []),
    ...claimsAgainst(manifest, take),
    ...(isThere('collective.ndjson') ? await framesAgainst(folder, report) : []),
    ...(isThere('events.ndjson') ? await eventsAgainst(folder) : []),
  ];
  return { ...report, kind: 'export', problems, verdict: problems.length > 0 ? 'own' : report.verdict, files: listed };
};
