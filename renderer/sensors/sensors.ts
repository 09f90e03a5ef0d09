import { MOST_SENSORS, type SensorCard, type SensorConsent, type SensorKind, type SensorOutcome, type SensorWish } from '../../core/ipc/sensors.ts';
import type { SensorToNexus } from '../../core/ipc/nexus-messages.ts';
import { isNamed, type Bluetooth } from './bluetooth.ts';
import type { Driver } from './driver.ts';
import { createSensor, type Clock, type Sensor } from './sensor.ts';

export interface SensorsParts {
  /** Null where the system has none. */
  readonly bluetooth: Bluetooth | null;
  readonly drivers: Readonly<Record<SensorKind, Driver>>;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly newSid: () => string;
  readonly send: (message: SensorToNexus) => void;
  /** How the sensors fare, told where that has changed. */
  readonly tell: (cards: readonly SensorCard[]) => void;
  readonly report: (text: string) => void;
}

/** All sensors of this machine. */
export interface Sensors {
  /** Asks for a device and connects it. To be called by a person's press alone: Chromium sees to that. */
  readonly connect: (wish: SensorWish) => Promise<SensorOutcome>;
  readonly giveUp: () => void;
  readonly setConsent: (id: string, consent: SensorConsent) => void;
  readonly forget: (id: string) => void;
  /** To be called once a second. */
  readonly second: () => void;
}

export const createSensors = ({ bluetooth, drivers, clock, newId, newSid, send, tell, report }: SensorsParts): Sensors => {
  const kept = new Map<string, Sensor>();
  let reaching: Sensor | null = null;
  const numbers: Record<SensorKind, number> = { heart: 0, muse: 0 };
  let told = '[]';

  const tellChanges = (): void => {
    const cards = [...kept.values()].map((sensor) => sensor.card());
    const shown = JSON.stringify(cards);
    if (shown === told) return;
    told = shown;
    tell(cards);
  };
  const whyNone = async (error: unknown): Promise<SensorOutcome> => {
    if (!isNamed(error, 'NotFoundError')) {
      report(`A sensor could not be asked for: ${error instanceof Error ? error.message : String(error)}`);
      return 'failed';
    }
    // The same error tells of a person who changed their mind and of a machine without Bluetooth.
    try {
      return (await bluetooth?.getAvailability()) === true ? 'cancelled' : 'no bluetooth';
    } catch {
      return 'no bluetooth';
    }
  };

  return {
    connect: async ({ kind, consent }) => {
      if (bluetooth === null) return 'no bluetooth';
      if (kept.size >= MOST_SENSORS) return 'failed';
      const driver = drivers[kind];
      let device;
      try {
        device = await bluetooth.requestDevice(driver.wish);
      } catch (error) {
        return whyNone(error);
      }
      const { id } = device;
      if ([...kept.values(), ...(reaching === null ? [] : [reaching])].some(({ deviceId }) => deviceId === id)) return 'already connected';
      const sensor = createSensor({ id: newId(), kind, number: numbers[kind] + 1, device, driver, consent, clock, newSid, report });
      reaching = sensor;
      const outcome = await sensor.start();
      if (reaching === sensor) reaching = null;
      if (outcome !== 'connected') return outcome;
      numbers[kind] += 1;
      kept.set(sensor.id, sensor);
      tellChanges();
      return outcome;
    },
    giveUp: () => {
      reaching?.stop();
      reaching = null;
    },
    setConsent: (id, consent) => {
      const sensor = kept.get(id);
      if (sensor === undefined) return;
      sensor.setConsent(consent);
      if (!consent.live) send({ device: id, gone: true });
      tellChanges();
    },
    forget: (id) => {
      const sensor = kept.get(id);
      if (sensor === undefined) return;
      kept.delete(id);
      sensor.stop();
      send({ device: id, gone: true });
      tellChanges();
    },
    second: () => {
      for (const sensor of kept.values()) {
        const frame = sensor.second();
        if (frame === 'gone') send({ device: sensor.id, gone: true });
        else if (frame !== null) send({ device: sensor.id, frame });
      }
      tellChanges();
    },
  };
};
