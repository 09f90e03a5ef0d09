import type { WebContents } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SensorCard, SensorOutcome, SensorsView } from '../../core/ipc/sensors.ts';
import { createSensors, type SensorsWindowParts } from '../../electron/main/sensors.ts';
import type { KeptWindow } from '../../electron/main/kept-window.ts';

const WISH = { kind: 'heart', consent: { live: true, record: true, publish: false } } as const;
const card: SensorCard = { device: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff', kind: 'heart', number: 1, state: 'live', retryIn: null, battery: null, contact: 'good', quality: 1, lost: null, dropped: 0, consent: WISH.consent };

/** Main's part with a page that answers when it is told to. */
const main = () => {
  const asked: { readonly code: string; readonly pressed: boolean; readonly answer: (outcome: SensorOutcome) => void }[] = [];
  const told: unknown[][] = [];
  const views: SensorsView[] = [];
  const chosen: string[] = [];
  let opened = 0;
  let parts: SensorsWindowParts | null = null;
  let stands = false;
  const execute: Pick<WebContents, 'executeJavaScript'> = {
    executeJavaScript: (code, pressed = false) => new Promise((resolve) => asked.push({ code, pressed, answer: resolve })),
  };
  // No more of a page than is used here.
  const page = execute as WebContents;
  const window: KeptWindow = {
    ready: () => (stands ? page : null),
    window: () => {
      throw new Error('nobody looks at it');
    },
    release: () => undefined,
  };
  const sensors = createSensors({
    open: (given) => {
      opened += 1;
      parts = given;
      return window;
    },
    tell: (channel, value) => void told.push([channel, value]),
    changed: (view) => void views.push(view),
    loaded: () => undefined,
    fell: () => void told.push(['fell']),
  });
  const hear = (...names: readonly string[]): void => parts?.select({ preventDefault: () => undefined }, names.map((name) => ({ deviceId: `id of ${name}`, deviceName: name })), (id) => chosen.push(id));
  const load = async (): Promise<void> => {
    stands = true;
    parts?.loaded();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { answers: sensors.answers, asked, told, views, chosen, hear, load, opened: () => opened, parts: () => parts, scan: () => views.at(-1)?.scan ?? null };
};

describe('main’s part in Bluetooth', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('opens the page with the first wish, asks it as a press would, and shows what is near without telling ids', async () => {
    const { answers, asked, opened, load, hear, scan, chosen } = main();
    expect(opened()).toBe(0);
    await answers['sensors.scan'](WISH);
    expect(scan()?.state).toBe('opening');
    await load();
    expect(opened()).toBe(1);
    expect(asked[0]?.pressed).toBe(true);
    expect(asked[0]?.code).toBe('dreamscoreSensors({"kind":"heart","consent":{"live":true,"record":true,"publish":false}})');
    hear('Polar');
    const key = scan()?.found[0]?.key ?? '';
    expect(scan()).toEqual({ kind: 'heart', state: 'scanning', found: [{ key, name: 'Polar' }] });
    await expect(answers['sensors.choose']({ key: card.device })).rejects.toThrow('not near any more');
    await answers['sensors.choose']({ key });
    expect(chosen).toEqual(['id of Polar']);
    expect(scan()?.state).toBe('connecting');
    await expect(answers['sensors.scan'](WISH)).rejects.toThrow('being looked for already');
    asked[0]?.answer('connected');
    await vi.advanceTimersByTimeAsync(0);
    expect(scan()).toBeNull();
  });

  it.each([
    ['nobody near for half a minute', 'nothing'],
    ['an adapter that is off, so that Chromium gives up by itself', 'no bluetooth'],
    ['a device that does not answer', 'unreachable'],
  ] as const)('says why: %s', async (why, state) => {
    const { answers, asked, load, scan } = main();
    await answers['sensors.scan'](WISH);
    await load();
    if (state === 'nothing') await vi.advanceTimersByTimeAsync(30_001);
    asked[0]?.answer(state === 'unreachable' ? 'unreachable' : 'cancelled');
    await vi.advanceTimersByTimeAsync(0);
    expect(scan()?.state, why).toBe(state);
    await answers['sensors.cancel'](undefined);
    expect(scan()).toBeNull();
  });

  it('lets a look be cancelled, and refuses what is heard after it', async () => {
    const { answers, asked, load, hear, scan, chosen, told } = main();
    await answers['sensors.scan'](WISH);
    await load();
    hear();
    await answers['sensors.cancel'](undefined);
    expect(scan()).toBeNull();
    expect(told).toContainEqual(['sensor.giveUp', undefined]);
    hear('Polar');
    expect(chosen).toEqual(['', '']);
    asked[0]?.answer('failed');
    await vi.advanceTimersByTimeAsync(0);
    expect(scan()).toBeNull();
  });

  it('knows only sensors that the page has told of, and forgets them where the page falls', async () => {
    const { answers, load, parts, views, told } = main();
    await answers['sensors.scan'](WISH);
    await load();
    await expect(answers['sensors.forget']({ device: card.device })).rejects.toThrow('no such sensor');
    await parts()?.answers['sensor.report']({ sensors: [card] });
    expect(views.at(-1)?.sensors).toEqual([card]);
    await answers['sensors.forget']({ device: card.device });
    expect(told).toContainEqual(['sensor.forget', { device: card.device }]);
    parts()?.mended();
    expect(views.at(-1)).toMatchObject({ sensors: [], scan: { state: 'failed' } });
    expect(told).toContainEqual(['fell']);
  });

  it('gives up on a page that never opens', async () => {
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { answers, scan } = main();
    await answers['sensors.scan'](WISH);
    await vi.advanceTimersByTimeAsync(20_001);
    expect(scan()?.state).toBe('failed');
    expect(quiet).toHaveBeenCalledOnce();
    quiet.mockRestore();
  });
});
