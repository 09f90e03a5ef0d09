import { parseArgs } from 'node:util';
import type { Micros } from '../core/units.ts';
import { parseClockTime } from './clock-time.ts';
import { UsageFault } from './exit.ts';

/** Where the frames come from, as named on the command line. */
export type SourceArgument =
  | { readonly kind: 'simulate'; readonly pods: number }
  | { readonly kind: 'night'; readonly files: readonly string[]; readonly align: 'onset' | 'start' }
  | { readonly kind: 'take'; readonly file: string };

export interface GatheringArguments {
  /** A file or the name of a preset; null for the built-in one. */
  readonly score: string | null;
  readonly source: SourceArgument;
  readonly from: Micros;
  /** Null is the source's own end. */
  readonly to: Micros | null;
  /** Null is the score's own. */
  readonly seed: number | null;
  readonly out: string;
  /** Write into a folder that holds other things. */
  readonly force: boolean;
}

const OPTIONS = {
  score: { type: 'string' },
  simulate: { type: 'string' },
  night: { type: 'string', multiple: true },
  take: { type: 'string' },
  align: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  seed: { type: 'string' },
  out: { type: 'string' },
  force: { type: 'boolean' },
} as const;
type Option = keyof typeof OPTIONS;
const isOption = (name: string): name is Option => Object.hasOwn(OPTIONS, name);

const HELP = 'see dreamscore --help';

/** Values by option; a word that follows a `--night` file is a further night. */
const readWords = (argv: readonly string[], command: string): ReadonlyMap<Option, readonly string[]> => {
  const { tokens } = parseArgs({ args: [...argv], options: OPTIONS, strict: false, allowPositionals: true, tokens: true });
  const values = new Map<Option, string[]>();
  let nightsGoOn = false;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') {
      if (!nightsGoOn) throw new UsageFault('this word belongs to no option', token.value, `see dreamscore ${command} --help`);
      values.get('night')?.push(token.value);
      continue;
    }
    if (!isOption(token.name)) throw new UsageFault('there is no such option', token.rawName, `see dreamscore ${command} --help`);
    const wantsValue = OPTIONS[token.name].type === 'string';
    if (!wantsValue && token.value !== undefined) throw new UsageFault('this option takes no value', token.rawName, 'write it alone');
    if (wantsValue && (token.value === undefined || token.value === '' || (!token.inlineValue && token.value.startsWith('--')))) {
      throw new UsageFault('a value is missing', token.rawName, `see dreamscore ${command} --help`);
    }
    const before = values.get(token.name) ?? [];
    if (before.length > 0 && token.name !== 'night') throw new UsageFault('this option was given twice', token.rawName, 'give it once');
    values.set(token.name, [...before, token.value ?? '']);
    nightsGoOn = token.name === 'night';
  }
  return values;
};

const wholeNumber = (text: string, option: string, low: number, high: number): number => {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= low && value <= high)) throw new UsageFault('this is not a whole number in range', `${option} ${text}`, `give one from ${low} to ${high}`);
  return value;
};

const readSource = (values: ReadonlyMap<Option, readonly string[]>): SourceArgument => {
  const given = (['simulate', 'night', 'take'] as const).filter((name) => values.has(name));
  const [kind] = given;
  if (kind === undefined) throw new UsageFault('there is nothing to compose from', 'the command line', 'give --simulate N, --night FILE or --take FILE');
  if (given.length > 1) throw new UsageFault('these exclude each other', given.map((name) => `--${name}`).join(' and '), 'give one of them');
  const [value = ''] = values.get(kind) ?? [];
  const align = values.get('align')?.[0];
  if (align !== undefined && kind !== 'night') throw new UsageFault('--align is for recorded nights', `--align with --${kind}`, 'leave it out, or give --night FILE');
  if (align !== undefined && align !== 'onset' && align !== 'start') throw new UsageFault('nights are aligned by onset or by start', `--align ${align}`, 'give onset or start');
  switch (kind) {
    case 'simulate':
      return { kind, pods: wholeNumber(value, '--simulate', 1, 100_000) };
    case 'night':
      return { kind, files: values.get('night') ?? [], align: align ?? 'onset' };
    case 'take':
      for (const name of ['score', 'seed'] as const) {
        if (values.has(name)) throw new UsageFault('a take holds its own score and seed', `--${name} with --take`, `leave --${name} out`);
      }
      return { kind, file: value };
  }
};

/** The arguments of `compose` and `render`. @throws UsageFault */
export const parseGatheringArguments = (argv: readonly string[], command: string): GatheringArguments => {
  const values = readWords(argv, command);
  const one = (name: Option): string | null => values.get(name)?.[0] ?? null;
  const source = readSource(values);
  const out = one('out');
  if (out === null) throw new UsageFault('a folder for the files is missing', 'the command line', 'give --out DIR');
  const fromText = one('from');
  const toText = one('to');
  const seedText = one('seed');
  const from = parseClockTime(fromText ?? '00:00', '--from');
  const to = toText === null ? null : parseClockTime(toText, '--to');
  if (to !== null && to <= from) throw new UsageFault('the span is empty', `--from ${fromText ?? '00:00'} --to ${toText ?? ''}`, 'let --to lie after --from');
  return { score: one('score'), source, from, to, seed: seedText === null ? null : wholeNumber(seedText, '--seed', 0, 0xffff_ffff), out, force: values.has('force') };
};

/** The one file of `check FILE`; `studio` may have none. @throws UsageFault */
export const parseFileArgument = (argv: readonly string[], command: string): string | null => {
  const [first, second] = argv;
  const option = argv.find((word) => word.startsWith('-') && word !== '-');
  if (option !== undefined) throw new UsageFault('there is no such option', option, `see dreamscore ${command} --help`);
  if (second !== undefined) throw new UsageFault('one file at a time', second, HELP);
  return first ?? null;
};

/** The files and folders of `privacy`, and whether the answer is for machines. @throws UsageFault */
export const parsePrivacyArguments = (argv: readonly string[]): { readonly paths: readonly string[]; readonly json: boolean } => {
  const option = argv.find((word) => word.startsWith('-') && word !== '-' && word !== '--json');
  if (option !== undefined) throw new UsageFault('there is no such option', option, 'see dreamscore privacy --help');
  const paths = argv.filter((word) => word !== '--json');
  if (paths.length === 0) throw new UsageFault('a file is missing', 'the command line', 'give dreamscore privacy TAKE, DIR or FILE');
  return { paths, json: argv.includes('--json') };
};
