import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { engineAnswers } from '../../electron/main/engine-requests.ts';
import { createSettings } from '../../electron/main/settings.ts';
import { createTakes } from '../../electron/main/take.ts';
import { firstLight } from '../support/score.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dreamscore-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const file = (): string => join(folder, 'settings.json');

describe('settings of this machine', () => {
  it('outlive the app', () => {
    expect(createSettings(file()).clockTo()).toBeNull();
    createSettings(file()).setClockTo('Test Synth');
    expect(createSettings(file()).clockTo()).toBe('Test Synth');
    createSettings(file()).setClockTo(null);
    expect(createSettings(file()).clockTo()).toBeNull();
  });

  it.each(['', '{', '[]', '{"clockTo":7}', `{"clockTo":"${'x'.repeat(201)}"}`, '{"clockTo":null,"more":1}'])('begin anew where the file is spoilt: %s', (text) => {
    writeFileSync(file(), text);
    const settings = createSettings(file());
    expect(settings.clockTo()).toBeNull();
    settings.setClockTo('Drums');
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({ clockTo: 'Drums' });
  });

  it('hold until the app ends where the disk refuses', () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const settings = createSettings(join(folder, 'nowhere', 'settings.json'));
    settings.setClockTo('Test Synth');
    expect(settings.clockTo()).toBe('Test Synth');
    expect(said).toHaveBeenCalledOnce();
    said.mockRestore();
  });

  it('go to an engine that starts again: the clock plays on', async () => {
    const score = firstLight();
    const takes = createTakes({
      folder: join(folder, 'takes'), wall: () => 0, cutOff: null, unkept: () => undefined,
      beginning: () => ({ score, seed: 1, source: { kind: 'simulate', pods: 5, seed: 1 }, pace: { startAt: 0, speed: 1 }, minimumPods: 1 }),
    });
    const answers = engineAnswers({ takes, settings: createSettings(file()), score: () => score, pushEdit: () => undefined, afterAnswer: (call) => call() });
    expect((await answers['engine.load'](undefined)).clockTo).toBeNull();
    await answers['engine.clock']('Test Synth');
    await answers['engine.transport']('started');
    expect(await answers['engine.snapshot']({ seq: 0, data: '{}' })).toBe(true);
    expect(await answers['engine.load'](undefined)).toMatchObject({ clockTo: 'Test Synth', resume: { snapshot: '{}', inputs: [] } });
    takes.stopped();
  });
});
