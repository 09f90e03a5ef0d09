import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Edit } from '../../core/score/edit.ts';
import { parseScoreText, type Score } from '../../core/score/schema.ts';
import { createDesk, type Desk, type Opened, type ScoreDialogs } from '../../electron/main/desk.ts';
import { openFirst } from '../../electron/main/first-document.ts';
import { createRecovery, type Recovery } from '../../electron/main/recovery.ts';
import { fileNameOf, readScore, SCORE_FILE_LIMIT, scoreText } from '../../electron/main/score-file.ts';

const score: Score = parseScoreText(readFileSync('presets/first-light.json', 'utf8'), 'first-light.json');
const rename = (value: string): Edit => ({ label: 'Rename', changes: [{ op: 'set', path: ['title'], value }] });
const cancelled: ScoreDialogs = { open: async () => null, save: async () => null };

let folder = '';
let recovery: Recovery;
let heard: string[] = [];
let notices: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dreamscore-desk-'));
  recovery = createRecovery(folder, () => Date.UTC(2026, 5, 21, 22, 0, 0, heard.length));
  heard = [];
  notices = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (dialogs: ScoreDialogs = cancelled, first: Opened = { score, path: null, clean: true }): Desk =>
  createDesk(first, dialogs, recovery, {
    changed: (state) => heard.push(`${state.fileName ?? 'no file'}${state.dirty ? ' *' : ''}`),
    edited: () => heard.push('edited'),
    replaced: () => heard.push('replaced'),
    notice: (_tone, text) => notices.push(text),
  });
const saveAs = (name: string): ScoreDialogs => ({ ...cancelled, save: async () => join(folder, name) });

describe('the desk', () => {
  it('tells of an edit, its undo and its redo', () => {
    const desk = open();
    desk.edit(rename('Dusk'));
    desk.undo();
    desk.redo();
    expect(heard).toEqual(['edited', 'no file *', 'edited', 'no file', 'edited', 'no file *']);
    expect(desk.state()).toMatchObject({ undo: 'Rename', redo: null });
  });

  it('asks where to save the first time, then saves there; the file holds the score', async () => {
    const desk = open(saveAs('a.json'));
    desk.edit(rename('Dusk'));
    expect(await desk.save()).toBe(true);
    desk.edit(rename('Dawn'));
    expect(await desk.save()).toBe(true);
    expect(heard.at(-1)).toBe('a.json');
    expect((await readScore(join(folder, 'a.json'))).title).toBe('Dawn');
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it('stays dirty where the person changes their mind', async () => {
    const desk = open();
    desk.edit(rename('Dusk'));
    expect([await desk.save(), await desk.saveAs(), await desk.open()]).toEqual([false, false, false]);
    expect(desk.state().dirty).toBe(true);
  });

  it('keeps the old file and the unsaved state where the new one cannot be written', async () => {
    mkdirSync(join(folder, 'a.json'));
    const desk = open(saveAs('a.json'));
    desk.edit(rename('Dusk'));
    await expect(desk.save()).rejects.toMatchObject({ name: 'Fault', where: 'a.json' });
    expect(desk.state().dirty).toBe(true);
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it('keeps unsaved work aside when another score is opened, and says so', async () => {
    const desk = open();
    desk.edit(rename('Dusk'));
    await desk.begin(score);
    expect(heard.slice(-2)).toEqual(['replaced', 'no file']);
    const [copy = ''] = readdirSync(recovery.kept);
    expect(notices[0]).toContain(copy);
    expect((await readScore(join(recovery.kept, copy))).title).toBe('Dusk');
  });

  it('writes the recovery once for each state, and clears it on saving', async () => {
    const desk = open(saveAs('a.json'));
    await desk.autosave();
    expect(await recovery.read()).toBeNull();
    desk.edit(rename('Dusk'));
    await desk.autosave();
    expect((await recovery.read())?.score.title).toBe('Dusk');
    await desk.save();
    expect(await recovery.read()).toBeNull();
  });

  it('leaves what is unsaved for the next start, and nothing where all is saved', async () => {
    const desk = open(saveAs('a.json'));
    desk.edit(rename('Dusk'));
    desk.autosaveNow();
    expect((await recovery.read())?.score.title).toBe('Dusk');
    await desk.save();
    desk.autosaveNow();
    expect(existsSync(join(folder, 'unsaved.json'))).toBe(false);
  });
});

describe('the start', () => {
  it('is the built-in score the first time', async () => {
    expect(await openFirst(null, score, null, recovery)).toEqual({ opened: { score, path: null, clean: true }, cutOff: null, notices: [] });
  });

  it('brings back what was unsaved, with its file, and says so', async () => {
    await recovery.write({ path: '/music/a.json', score: { ...score, title: 'Dusk' } });
    const start = await openFirst(null, score, null, recovery);
    expect(start.opened).toMatchObject({ path: '/music/a.json', clean: false, score: { title: 'Dusk' } });
    expect(start.notices[0]?.text).toContain('Dusk');
  });

  it('opens the file that was asked for, and keeps a copy of what was unsaved', async () => {
    const asked = join(folder, 'b.json');
    writeFileSync(asked, scoreText({ ...score, title: 'Asked' }));
    await recovery.write({ path: null, score: { ...score, title: 'Dusk' } });
    const start = await openFirst(asked, score, null, recovery);
    expect(start.opened).toMatchObject({ path: asked, clean: true, score: { title: 'Asked' } });
    expect(readdirSync(recovery.kept)).toHaveLength(1);
  });

  it('goes on with the built-in score where the file asked for is none, and says why', async () => {
    const start = await openFirst(join(folder, 'gone.json'), score, null, recovery);
    expect(start.opened.score).toBe(score);
    expect(start.notices[0]).toMatchObject({ tone: 'warning' });
    expect(start.notices[0]?.text).toContain('gone.json');
  });

  it('goes on with a performance that was cut off, as it was heard last', async () => {
    const head = { score, seed: 1, source: { kind: 'live' } as const, pace: { startAt: 900, speed: 1 }, minimumPods: 5, startedAt: 0 };
    const cutOff = { head, substituted: false, inputs: [{ seq: 0, effective: 0, input: { kind: 'edit' as const, patches: [{ op: 'replace' as const, path: ['title'], value: 'Heard' }] } }] };
    const start = await openFirst(null, score, cutOff, recovery);
    expect(start.cutOff).toBe(cutOff);
    expect(start.opened).toMatchObject({ clean: false, score: { title: 'Heard' } });
  });

  it('puts a spoilt recovery aside and starts all the same', async () => {
    writeFileSync(join(folder, 'unsaved.json'), '{"format":"dreamscore-reco');
    const start = await openFirst(null, score, null, recovery);
    expect(start.opened.clean).toBe(true);
    expect(start.notices[0]?.text).toMatch(/cannot be read/);
    expect(readdirSync(recovery.kept)).toHaveLength(1);
    expect(await recovery.read()).toBeNull();
  });
});

describe('score files', () => {
  it('are refused where they are none: too long, a folder, no text, no score, gone', async () => {
    const file = (name: string, content: string | Uint8Array): string => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const long = file('long.json', new Uint8Array(SCORE_FILE_LIMIT + 1));
    symlinkSync(folder, join(folder, 'link.json'));
    await expect(readScore(long)).rejects.toThrow(/longer than 16 MB/);
    await expect(readScore(join(folder, 'link.json'))).rejects.toThrow(/link.json/);
    await expect(readScore(file('bytes.json', new Uint8Array([0xff, 0xfe, 0x00])))).rejects.toThrow(/no text/);
    await expect(readScore(file('other.json', '{"a":1}'))).rejects.toThrow(/not a score/);
    await expect(readScore(join(folder, 'gone.json'))).rejects.toThrow(/gone.json/);
  });

  it('get a name that every system takes', () => {
    expect(['First light', 'Nuit d’été / 2', '???', '東京'].map(fileNameOf)).toEqual(['first-light.json', 'nuit-d-ete-2.json', 'score.json', '東京.json']);
  });
});
