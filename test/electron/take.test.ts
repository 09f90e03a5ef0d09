import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input, RecordedInput, StampedInput } from '../../core/engine/input.ts';
import { parseTake } from '../../core/engine/take.ts';
import { parseScoreText, type Score } from '../../core/score/schema.ts';
import { frame } from '../support/engine.ts';
import { createTakes, heardScore, type Takes } from '../../electron/main/take.ts';
import { beginTakeFile, readCutOffTake, TAKES_KEPT } from '../../electron/main/take-file.ts';

const score: Score = parseScoreText(readFileSync('presets/first-light.json', 'utf8'), 'first-light.json');
const source = { kind: 'simulate', pods: 24, seed: 7 } as const;
const pace = { startAt: 900, speed: 2 };
const minimumPods = 1;
const stamped = (seq: number, input: Input = { kind: 'panic' }): StampedInput => ({ seq, effective: seq * 1000, input });
const title = (value: string): Input => ({ kind: 'edit', patches: [{ op: 'replace', path: ['title'], value }] });

let folder = '';
let now = 0;
let refused: unknown[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dreamscore-take-'));
  now = Date.now();
  refused = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (cutOff = readCutOffTake(folder, now)): Takes => createTakes({ folder, beginning: () => ({ score, seed: 5, source, pace, minimumPods }), wall: () => now, cutOff, unkept: (error) => refused.push(error) });

describe('the take', () => {
  it('begins anew until it plays', () => {
    const takes = open();
    expect(takes.load()).toEqual({ score, seed: 5, resume: null });
    expect(takes.take()).toBeNull();
  });

  it('goes on with its journal after the engine died, where the night is by then', () => {
    const takes = open();
    takes.load();
    takes.record([stamped(0)]);
    takes.started();
    takes.record([stamped(1), stamped(2)]);
    now += 2500;
    expect(takes.load().resume).toEqual({ snapshot: null, inputs: [0, 1, 2].map((seq) => stamped(seq)), elapsed: 2_500_000 });
  });

  it('gives the latest snapshot once, and the journal from one entry before it', () => {
    const takes = open();
    takes.started();
    takes.record([0, 1, 2, 3].map((seq) => stamped(seq)));
    expect([takes.keepSnapshot(1, 'early'), takes.keepSnapshot(3, 'latest')]).toEqual([true, true]);
    takes.record([stamped(4)]);
    now += 10;
    expect(takes.load().resume).toEqual({ snapshot: 'latest', inputs: [2, 3, 4].map((seq) => stamped(seq)), elapsed: 10_000 });
    const again = takes.load().resume;
    expect([again?.snapshot, again?.inputs.length]).toEqual([null, 5]);
    expect(takes.take()?.inputs.length).toBe(5);
    expect(takes.keepSnapshot(0, 'before all')).toBe(true);
    expect(takes.load().resume?.inputs.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4]);
  });

  it('keeps no snapshot that runs ahead of the journal, nor one of another take', () => {
    const takes = open();
    expect(takes.keepSnapshot(0, 'nothing plays')).toBe(false);
    takes.started();
    takes.record([stamped(0)]);
    expect([takes.keepSnapshot(2, 'ahead'), takes.load().resume?.snapshot]).toEqual([false, null]);
    expect(takes.keepSnapshot(1, 'of the first take')).toBe(true);
    takes.abandon();
    expect(takes.keepSnapshot(0, 'too late')).toBe(false);
    takes.started();
    expect(takes.load().resume?.snapshot).toBeNull();
  });

  it('passes over entries that it has, and refuses a gap', () => {
    const takes = open();
    takes.record([stamped(0), stamped(1)]);
    takes.record([stamped(1), stamped(2)]);
    expect(() => takes.record([stamped(4)])).toThrow(/entries of the journal are missing/);
    takes.started();
    expect(takes.take()?.inputs.map(({ seq }) => seq)).toEqual([0, 1, 2]);
  });

  it('is a valid take for files, during and after', () => {
    const takes = open();
    takes.started();
    takes.record([stamped(0)]);
    now += 60_000;
    takes.stopped();
    now += 60_000;
    const take = parseTake(JSON.parse(JSON.stringify(takes.take())), 'the take');
    expect([take.length, take.inputs.length, takes.isPlaying()]).toEqual([60_000_000, 1, false]);
    expect(takes.load().resume).toBeNull();
  });

  it('counts frames that hold only those who agreed, and keeps not when that was', () => {
    const kept = (seq: number): RecordedInput => ({ ...stamped(seq, { kind: 'frame', frame: frame({ n: 6 }) }), substituted: true });
    const takes = createTakes({ folder, beginning: () => ({ score, seed: 5, source: { kind: 'live' }, pace, minimumPods: 5 }), wall: () => now, cutOff: null, unkept: (error) => refused.push(error) });
    takes.started();
    takes.record([stamped(0), kept(1)]);
    takes.record([kept(1), kept(2), stamped(3)]);
    const take = takes.take();
    expect([take?.substituted, take?.minimumPods, take?.source]).toEqual([2, 5, { kind: 'live' }]);
    expect(take?.inputs.every((entry) => !('substituted' in entry))).toBe(true);
    expect(parseTake(JSON.parse(JSON.stringify(take)), 'the take').substituted).toBe(2);
    const [name = ''] = readdirSync(folder);
    expect(readFileSync(join(folder, name), 'utf8').match(/substituted/g)).toHaveLength(1);
    const again = open();
    expect([again.take()?.substituted, again.take()?.minimumPods, again.take()?.inputs.length]).toEqual([1, 5, 4]);
    again.abandon();
    again.started();
    again.record([stamped(0)]);
    expect(again.take()?.substituted).toBe(0);
  });

  it('knows the score as the engine has heard it', () => {
    const takes = open();
    takes.record([stamped(0, title('Dusk')), stamped(1), stamped(2, title('Dawn'))]);
    expect(takes.heard().title).toBe('Dawn');
    expect(heardScore(score, []).title).toBe(score.title);
  });

  it('begins anew once another score lies open', () => {
    const takes = open();
    takes.started();
    takes.abandon();
    expect([takes.isPlaying(), takes.load().resume]).toEqual([false, null]);
    expect(readCutOffTake(folder, now)).toBeNull();
  });
});

describe('the take on disk', () => {
  const play = (): Takes => {
    const takes = open(null);
    takes.started();
    takes.record([stamped(0, title('Dusk')), stamped(1)]);
    takes.record([stamped(2)]);
    return takes;
  };

  it('goes on after everything was cut off', () => {
    play();
    now += 4000;
    const again = open();
    expect(again.load().resume).toEqual({ snapshot: null, inputs: [stamped(0, title('Dusk')), stamped(1), stamped(2)], elapsed: 4_000_000 });
    expect(again.heard().title).toBe('Dusk');
  });

  it('goes on without a last line that was only half written', () => {
    play();
    const [name = ''] = readdirSync(folder);
    appendFileSync(join(folder, name), '{"kind":"inputs","inputs":[{"seq":3,"eff');
    expect(readCutOffTake(folder, now)?.inputs).toHaveLength(3);
  });

  it('does not go on where it was ended, is too old, or is no journal', () => {
    play();
    expect(readCutOffTake(folder, now + 11 * 60 * 1000)).toBeNull();
    play().stopped();
    expect(readCutOffTake(folder, now)).toBeNull();
    writeFileSync(join(folder, '9999.take.ndjson'), 'no journal\n');
    expect(readCutOffTake(folder, Date.now())).toBeNull();
  });

  it('keeps the newest takes only', () => {
    for (let i = 0; i < TAKES_KEPT + 3; i += 1) beginTakeFile(folder, { score, seed: 1, source, pace, minimumPods, startedAt: now + i * 1000 }).end();
    expect(readdirSync(folder)).toHaveLength(TAKES_KEPT);
  });

  it('says when it has grown to its limit', () => {
    const file = beginTakeFile(folder, { score, seed: 1, source, pace, minimumPods, startedAt: now }, JSON.stringify(score).length + 400);
    expect(() => file.append(Array.from({ length: 50 }, (_, seq) => stamped(seq)))).toThrow(/limit/);
  });

  it('plays on in memory where the disk refuses', () => {
    writeFileSync(join(folder, 'file'), '');
    const takes = createTakes({ folder: join(folder, 'file'), beginning: () => ({ score, seed: 5, source, pace, minimumPods }), wall: () => now, cutOff: null, unkept: (error) => refused.push(error) });
    takes.started();
    takes.record([stamped(0)]);
    expect(refused).toHaveLength(1);
    expect(takes.take()?.inputs).toHaveLength(1);
  });
});
