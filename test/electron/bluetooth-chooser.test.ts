import { describe, expect, it } from 'vitest';
import { CHOOSE_MS, createBluetoothChooser, LOOK_MS, shownName } from '../../electron/main/bluetooth-chooser.ts';
import type { SensorScan } from '../../core/ipc/sensors.ts';
import { fakeClock } from '../support/fake-clock.ts';

const desk = () => {
  const clock = fakeClock();
  const shown: SensorScan['found'][] = [];
  const answers: string[] = [];
  let keys = 0;
  let prevented = 0;
  const chooser = createBluetoothChooser({ found: (found) => shown.push(found), after: clock.after, newKey: () => `key ${(keys += 1)}` });
  /** Chromium asks, as it does each time that another device is heard. */
  const ask = (...names: readonly string[]): void =>
    chooser.hear({ preventDefault: () => (prevented += 1) }, names.map((name) => ({ deviceId: `id of ${name}`, deviceName: name })), (id) => answers.push(id));
  return { clock, chooser, shown, answers, ask, prevented: () => prevented };
};

describe('the chooser of Bluetooth devices', () => {
  it('lists what is near as it comes, under keys that stay, and answers with the one chosen', () => {
    const { chooser, shown, answers, ask, prevented } = desk();
    chooser.begin();
    ask();
    ask('Polar H10');
    ask('Muse-1324', 'Polar H10');
    expect(shown).toEqual([[], [{ key: 'key 1', name: 'Polar H10' }], [{ key: 'key 2', name: 'Muse-1324' }, { key: 'key 1', name: 'Polar H10' }]]);
    expect(chooser.choose('key 9')).toBe(false);
    expect(chooser.choose('key 1')).toBe(true);
    expect(answers).toEqual(['id of Polar H10']);
    expect(prevented()).toBe(3);
    expect(chooser.choose('key 1')).toBe(false);
  });

  it('refuses every device while nobody looks', () => {
    const { chooser, shown, answers, ask, prevented } = desk();
    ask('Polar H10');
    chooser.begin();
    chooser.end();
    ask('Polar H10');
    expect(answers).toEqual(['', '']);
    expect(shown).toEqual([]);
    expect(prevented()).toBe(2);
    expect(chooser.endedBy()).toBe('person');
  });

  it('gives up after half a minute with nothing near, and later where nobody chooses', () => {
    const { clock, chooser, answers, ask } = desk();
    chooser.begin();
    ask();
    clock.advance(LOOK_MS - 1);
    expect(answers).toEqual([]);
    clock.advance(1);
    expect(answers).toEqual(['']);
    expect(chooser.endedBy()).toBe('time');
    chooser.begin();
    expect(chooser.endedBy()).toBeNull();
    ask('Polar H10');
    clock.advance(LOOK_MS);
    expect(answers).toEqual(['']);
    clock.advance(CHOOSE_MS);
    expect(answers).toEqual(['', '']);
    expect(clock.waiting).toBe(0);
  });

  it('shows names of any kind as one short line, and not more devices than a person can read', () => {
    expect(shownName('Polar\u0000 H10\n\u202Egnp')).toBe('Polar H10 gnp');
    expect(shownName(`${'x'.repeat(500)}`)).toHaveLength(60);
    expect(shownName('\u200B \t')).toBe('');
    const { chooser, shown, ask } = desk();
    chooser.begin();
    ask(...Array.from({ length: 300 }, (_, i) => `belt ${i}`));
    expect(shown[0]).toHaveLength(40);
  });
});
