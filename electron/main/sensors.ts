import type { WebContents } from 'electron';
import { randomUUID } from 'node:crypto';
import { Fault } from '../../core/fault.ts';
import { MOST_SENSORS, sensorOutcomeSchema, type SensorCard, type SensorOutcome, type sensorPushes, type sensorRequests, type SensorScan, type SensorsView, type SensorWish, type studioSensorRequests } from '../../core/ipc/sensors.ts';
import { createBluetoothChooser, type BluetoothChooser } from './bluetooth-chooser.ts';
import type { Answers } from './dispatch.ts';
import type { Push } from './ipc.ts';
import type { KeptWindow } from './kept-window.ts';

/** How long the hidden page may take to open. */
const OPEN_MS = 20_000;

/** What the window of the sensors page needs of the one who opens it. */
export interface SensorsWindowParts {
  readonly answers: Answers<typeof sensorRequests>;
  readonly select: BluetoothChooser['hear'];
  readonly loaded: () => void;
  readonly mended: () => void;
}

export interface SensorsOptions {
  /** Makes the hidden window, the first time that a person asks for a sensor. */
  readonly open: (parts: SensorsWindowParts) => KeptWindow;
  readonly tell: Push<typeof sensorPushes>;
  readonly changed: (view: SensorsView) => void;
  /** The page stands, for the first time or once more: it needs a line to the Nexus. */
  readonly loaded: () => void;
  /** The page fell, and its sensors with it: a browser gives a device to the page that was chosen for, and to no other. */
  readonly fell: () => void;
}

/** Main's part in Bluetooth: it opens the page that holds the sensors, lets a person choose, and passes on how they fare. */
export interface Sensors {
  readonly answers: Answers<typeof studioSensorRequests>;
  /** The page, where it stands. */
  readonly page: () => WebContents | null;
  readonly release: () => void;
}

const SETTLED: ReadonlySet<SensorScan['state']> = new Set(['nothing', 'no bluetooth', 'unreachable', 'unsuitable', 'already connected', 'failed']);

/** Runs the page's own function as a person's press would: Chromium asks for a press before it looks for devices. */
const askPage = async (page: WebContents, wish: SensorWish): Promise<SensorOutcome> =>
  // Checked by its schema, so nothing but two words and three truths stands in here.
  sensorOutcomeSchema.parse(await page.executeJavaScript(`dreamscoreSensors(${JSON.stringify(wish)})`, true));

export const createSensors = ({ open, tell, changed, loaded, fell }: SensorsOptions): Sensors => {
  let window: KeptWindow | null = null;
  let scan: SensorScan | null = null;
  let sensors: readonly SensorCard[] = [];
  /** Counts looks: what comes of an older one concerns nobody. */
  let turn = 0;
  const waiting: ((page: WebContents) => void)[] = [];

  const view = (): SensorsView => ({ scan, sensors: [...sensors] });
  const show = (next: SensorScan | null): void => {
    scan = next;
    changed(view());
  };
  const chooser = createBluetoothChooser({
    found: (found) => {
      if (scan !== null && !SETTLED.has(scan.state) && scan.state !== 'connecting') show({ ...scan, state: 'scanning', found });
    },
    after: (milliseconds, call) => {
      const timer = setTimeout(call, milliseconds);
      return () => clearTimeout(timer);
    },
    newKey: randomUUID,
  });

  const pageStands = (): void => {
    loaded();
    const page = window?.ready() ?? null;
    if (page !== null) waiting.splice(0).forEach((call) => call(page));
  };
  const pageFell = (): void => {
    turn += 1;
    chooser.end();
    sensors = [];
    show(scan === null ? null : { ...scan, state: 'failed', found: [] });
    fell();
  };
  const readyPage = (): Promise<WebContents> =>
    new Promise((resolve, reject) => {
      window ??= open({ answers: pageAnswers, select: chooser.hear, loaded: pageStands, mended: pageFell });
      const page = window.ready();
      if (page !== null) return resolve(page);
      const timer = setTimeout(() => reject(new Error('the sensors page does not open')), OPEN_MS);
      waiting.push((opened) => {
        clearTimeout(timer);
        resolve(opened);
      });
    });
  const pageAnswers: Answers<typeof sensorRequests> = {
    'sensor.report': async ({ sensors: reported }) => {
      sensors = reported;
      changed(view());
    },
  };

  const settle = (outcome: SensorOutcome): SensorScan | null => {
    if (scan === null || outcome === 'connected') return null;
    if (outcome !== 'cancelled') return { ...scan, state: outcome, found: [] };
    const by = chooser.endedBy();
    if (by === 'person') return null;
    // Chromium gave up by itself: the adapter is off, or went away.
    return { ...scan, state: by === 'time' ? 'nothing' : 'no bluetooth', found: [] };
  };
  const look = async (wish: SensorWish): Promise<void> => {
    turn += 1;
    const own = turn;
    show({ kind: wish.kind, state: 'opening', found: [] });
    let outcome: SensorOutcome = 'failed';
    try {
      const page = await readyPage();
      if (own !== turn) return;
      chooser.begin();
      show({ kind: wish.kind, state: 'scanning', found: [] });
      outcome = await askPage(page, wish);
    } catch (error) {
      console.error('A sensor could not be looked for:', error);
    }
    if (own !== turn) return;
    const settled = settle(outcome);
    chooser.end();
    show(settled);
  };

  const ours = (device: string): void => {
    if (!sensors.some((card) => card.device === device)) throw new Fault('there is no such sensor', 'the sensors', 'it may have been forgotten already');
  };
  const answers: Sensors['answers'] = {
    'sensors.read': async () => view(),
    'sensors.scan': async (wish) => {
      if (scan !== null && !SETTLED.has(scan.state)) throw new Fault('a sensor is being looked for already', 'the sensors', 'choose one, or cancel first');
      if (sensors.length >= MOST_SENSORS) throw new Fault(`${MOST_SENSORS} sensors are connected`, 'the sensors', 'let one go first');
      void look(wish);
    },
    'sensors.choose': async ({ key }) => {
      if (scan === null || !chooser.choose(key)) throw new Fault('this sensor is not near any more', 'the sensors', 'look once more');
      show({ ...scan, state: 'connecting', found: [] });
    },
    'sensors.cancel': async () => {
      turn += 1;
      chooser.end();
      tell('sensor.giveUp', undefined);
      show(null);
    },
    'sensors.consent': async ({ device, consent }) => {
      ours(device);
      tell('sensor.consent', { device, consent });
    },
    'sensors.forget': async ({ device }) => {
      ours(device);
      tell('sensor.forget', { device });
    },
  };
  return { answers, page: () => window?.ready() ?? null, release: () => window?.release() };
};
