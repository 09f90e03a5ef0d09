import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { Fault } from '../../core/fault.ts';
import { micros, midiNote, tick } from '../../core/units.ts';
import type { Performed } from '../../core/events/performed.ts';
import { readingFault, writingFault } from '../../export/file-fault.ts';
import { createTextFile } from '../../export/line-file.ts';
import { openOutputFolder } from '../../export/output-folder.ts';
import { createPerformedStore } from '../../export/performed-store.ts';
import { createProgress, type ExportStep } from '../../export/progress.ts';
import { temporaryFolder } from '../cli/run-cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

describe('a text file', () => {
  it('gives size and hash of what lies on the disk', async () => {
    const file = await createTextFile(folder.at('lines.txt'), 'lines.txt');
    for (let count = 0; count < 20_000; count += 1) {
      file.add(`line ${count} with a flower ✿\n`);
      await file.drain();
    }
    const written = await file.close();
    const bytes = readFileSync(folder.at('lines.txt'));
    expect(written).toEqual({ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
    expect(bytes.toString().endsWith('line 19999 with a flower ✿\n')).toBe(true);
  });

  it.skipIf(!existsSync('/dev/full'))('says that the disk is full', async () => {
    const file = await createTextFile('/dev/full', 'events.ndjson');
    file.add('x'.repeat(300_000));
    await expect(file.drain()).rejects.toThrow(new Fault('the disk is full', 'events.ndjson', 'free some space or choose a folder on another disk'));
    await file.abandon();
  });

  it('turns every refusal of the system into words', () => {
    const refused = (code: string): NodeJS.ErrnoException => Object.assign(new Error(`${code}: refused`), { code });
    expect(writingFault(refused('ENOSPC'), 'x').what).toBe('the disk is full');
    expect(writingFault(refused('EROFS'), 'x').what).toBe('this disk can only be read');
    expect(writingFault(refused('EACCES'), 'x').what).toBe('this folder may not be written to');
    expect(readingFault(refused('ENOENT'), 'x').what).toBe('there is no such file');
    expect(writingFault(refused('EIO'), 'x').message).toBe('this could not be written (EIO: refused): x: try again, or choose another place');
    const fault = new Fault('a', 'b', 'c');
    expect(readingFault(fault, 'x')).toBe(fault);
  });
});

describe('an output folder', () => {
  it('shows nothing under its final name before it is finished', async () => {
    const output = await openOutputFolder(folder.at('new', 'deep'), false);
    writeFileSync(output.path('score.mid'), 'x');
    writeFileSync(output.path('manifest.json'), '{}');
    writeFileSync(output.path('layers/01-pad.wav'), 'y');
    expect(readdirSync(folder.at('new', 'deep')).every((name) => name.startsWith('.'))).toBe(true);
    await output.finish(['score.mid', 'layers/01-pad.wav', 'manifest.json']);
    expect(readdirSync(folder.at('new', 'deep')).sort()).toEqual(['layers', 'manifest.json', 'score.mid']);
    expect(readdirSync(folder.at('new', 'deep', 'layers'))).toEqual(['01-pad.wav']);
  });

  it('given up, it takes away the folders it made and no others', async () => {
    mkdirSync(folder.at('kept'));
    const output = await openOutputFolder(folder.at('kept', 'a', 'b'), false);
    writeFileSync(output.path('score.mid'), 'x');
    await output.discard();
    expect(readdirSync(folder.at('kept'))).toEqual([]);
  });

  it('clears what an interrupted run left, and what file managers leave does not count', async () => {
    // No process has this number on any system.
    mkdirSync(folder.at('left', '.dreamscore-part-4194999', 'layers'), { recursive: true });
    writeFileSync(folder.at('left', '.DS_Store'), '');
    const output = await openOutputFolder(folder.at('left'), false);
    expect(existsSync(folder.at('left', '.dreamscore-part-4194999'))).toBe(false);
    await output.discard();
    expect(readdirSync(folder.at('left'))).toEqual(['.DS_Store']);
  });
});

describe('what is performed', () => {
  it('comes back from the store as it went in, but for causes of controls', () => {
    const at = (count: number) => ({ t: micros(count * 1000), tick: tick(count), layer: count % 2 === 0 ? 'pad' : 'bells' });
    const cause = { rule: '' };
    const events: Performed[] = Array.from({ length: 10_000 }, (_, count): Performed => {
      switch (count % 4) {
        case 0:
          return { kind: 'on', ...at(count), note: count, pitch: midiNote(count % 128), velocity: 1 + (count % 127) };
        case 1:
          return { kind: 'off', ...at(count), note: count, pitch: midiNote(count % 128) };
        case 2:
          return { kind: 'control', ...at(count), parameter: 'level', value: count, cause };
        default:
          return { kind: 'scene', ...at(count), scene: 'deep', name: 'Deep', cause: { rule: 'depth' } };
      }
    });
    const store = createPerformedStore();
    store.add(events.slice(0, 7));
    store.add(events.slice(7));
    expect(store.length()).toBe(10_000);
    expect([...store.all()]).toEqual(events);
  });
});

describe('progress', () => {
  it('never falls, ends at one, and tells the time left once it knows', () => {
    const steps: ExportStep[] = [];
    let now = 0;
    const report = createProgress(true, (step) => steps.push(step), () => now);
    for (const [state, share, at] of [['composing', 0, 0], ['composing', 0.5, 1000], ['rendering', 0, 2000], ['rendering', 0.5, 12_000], ['rendering', 0.4, 13_000], ['mixing', 0, 24_000], ['mixing', 1, 26_000]] as const) {
      now = at;
      report(state, share);
    }
    expect(steps.map(({ done }) => done)).toEqual([...steps.map(({ done }) => done)].sort((a, b) => a - b));
    expect(steps[1]).toMatchObject({ state: 'composing', left: null });
    // 46 % of the whole took 10 s, 49 % are left.
    expect(steps[3]?.left).toBeCloseTo((0.49 / 0.46) * 10, 6);
    expect(steps.at(-1)).toEqual({ state: 'mixing', done: 1, left: 0 });
  });
});
