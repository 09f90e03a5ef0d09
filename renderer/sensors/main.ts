import '../no-eval.ts';
import type { SensorsBridge } from '../../core/ipc/contract.ts';
import { sensorsPortSchema, sensorWishSchema, type SensorOutcome } from '../../core/ipc/sensors.ts';
import type { Bluetooth } from './bluetooth.ts';
import { heartBelt } from './heart-belt.ts';
import { museBand } from './muse-band.ts';
import { createSensors } from './sensors.ts';

const SECOND = 1_000;

const newSid = (): string => [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Composition root of the hidden page that holds Bluetooth sensors. Raw signals are read here and never leave it: pod frames do. */
const start = (): void => {
  // What this page's preload exposes; main checks every answer against the same contract.
  const bridge = Reflect.get(window, 'dreamscore') as unknown as SensorsBridge;
  let nexus: MessagePort | null = null;
  window.addEventListener('message', (event) => {
    const port = event.ports[0];
    if (event.origin !== window.location.origin || !sensorsPortSchema.safeParse(event.data).success || port === undefined) return;
    nexus?.close();
    nexus = port;
  });
  const sensors = createSensors({
    bluetooth: (Reflect.get(navigator, 'bluetooth') as unknown as Bluetooth | undefined) ?? null,
    drivers: { heart: heartBelt, muse: museBand },
    clock: {
      now: () => performance.now(),
      after: (milliseconds, call) => {
        const timer = setTimeout(call, milliseconds);
        return () => clearTimeout(timer);
      },
    },
    newId: () => crypto.randomUUID(),
    newSid,
    send: (message) => nexus?.postMessage(message),
    tell: (cards) => void bridge.request['sensor.report']({ sensors: [...cards] }).catch((error: unknown) => console.error('Main did not take the report:', error)),
    report: (text) => console.error(text),
  });
  bridge.on('sensor.consent', ({ device, consent }) => sensors.setConsent(device, consent));
  bridge.on('sensor.forget', ({ device }) => sensors.forget(device));
  bridge.on('sensor.giveUp', () => sensors.giveUp());
  setInterval(sensors.second, SECOND);
  // Main calls this one function when a person has pressed the button in the studio.
  Reflect.set(window, 'dreamscoreSensors', (wish: unknown): Promise<SensorOutcome> => sensors.connect(sensorWishSchema.parse(wish)));
};

start();
