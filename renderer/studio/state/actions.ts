import type { StudioBridge, ExportRequest, GatheringSource } from '../../../core/ipc/contract.ts';
import type { ToEngine } from '../../../core/ipc/engine-view.ts';
import type { SensorConsent, SensorWish } from '../../../core/ipc/sensors.ts';
import type { Input } from '../../../core/engine/input.ts';
import type { Edit } from '../../../core/score/edit.ts';
import type { BindingTarget } from '../../../core/score/schema.ts';
import { readableError } from './readable-error.ts';
import type { Store } from './store.ts';
import type { Notice, Place, StudioState } from './studio-state.ts';

/** How long a gentle stop takes, in seconds. */
export const FADE_SECONDS = 12;
const NOTICES_KEPT = 4;

/** What hands can do. Each goes to main (document, files) or to the engine (the music); nothing is changed here first. */
export interface Actions {
  readonly go: (place: Place) => void;
  readonly setDim: (dim: boolean) => void;
  readonly setSingleKeys: (on: boolean) => void;
  readonly say: (text: string) => void;
  readonly notify: (tone: Notice['tone'], text: string) => void;
  readonly dismiss: (key: number) => void;
  readonly play: () => void;
  readonly fade: () => void;
  readonly panic: () => void;
  readonly input: (input: Input) => void;
  readonly learn: (target: BindingTarget | null) => void;
  readonly clock: (port: string | null) => void;
  readonly audition: (layer: string) => void;
  readonly edit: (edit: Edit) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly open: () => void;
  readonly save: () => void;
  readonly saveAs: () => void;
  readonly newFrom: (preset: string) => Promise<boolean>;
  readonly takeGathering: (source: GatheringSource) => Promise<boolean>;
  readonly callOffReading: () => void;
  readonly commandRoom: (command: RoomCommandInput) => void;
  readonly scanSensors: (wish: SensorWish) => void;
  readonly chooseSensor: (key: string) => void;
  readonly cancelSensors: () => Promise<void>;
  readonly consentSensor: (agreed: { device: string; consent: SensorConsent }) => void;
  readonly forgetSensor: (device: string) => void;
  readonly chooseNights: () => Promise<readonly { handle: string; name: string }[]>;
  readonly chooseFolder: () => Promise<{ handle: string; name: string } | null>;
  readonly startExport: (request: ExportRequest) => void;
  readonly cancelExport: () => void;
  readonly revealExport: () => void;
}

type RoomCommandInput = Parameters<StudioBridge['request']['room.command']>[0];

interface Memory {
  readonly remember: (key: 'dim' | 'singleKeys', value: boolean) => void;
}

export const createActions = (store: Store<StudioState>, bridge: StudioBridge, send: (message: ToEngine) => void, memory: Memory): Actions => {
  let notices = 0;
  const notify = (tone: Notice['tone'], text: string): void => {
    notices += 1;
    const key = notices;
    store.change((state) => ({ notices: [...state.notices.filter((notice) => notice.text !== text), { key, tone, text }].slice(-NOTICES_KEPT), said: text }));
  };
  const attempt = async <Value>(work: Promise<Value>): Promise<Value | null> => {
    try {
      return await work;
    } catch (error) {
      notify('warning', readableError(error));
      return null;
    }
  };
  const request = bridge.request;
  return {
    go: (place) => store.change(() => ({ place })),
    setDim: (dim) => {
      memory.remember('dim', dim);
      store.change(() => ({ dim }));
    },
    setSingleKeys: (singleKeys) => {
      memory.remember('singleKeys', singleKeys);
      store.change(() => ({ singleKeys }));
    },
    say: (said) => store.change(() => ({ said })),
    notify,
    dismiss: (key) => store.change((state) => ({ notices: state.notices.filter((notice) => notice.key !== key) })),
    play: () => {
      const transport = store.get().view?.transport ?? 'idle';
      if (transport === 'idle') send({ kind: 'play' });
      else if (transport !== 'playing') send({ kind: 'input', input: { kind: 'resume' } });
    },
    fade: () => send({ kind: 'input', input: { kind: 'fade', seconds: FADE_SECONDS } }),
    panic: () => send({ kind: 'input', input: { kind: 'panic' } }),
    input: (input) => send({ kind: 'input', input }),
    learn: (target) => send({ kind: 'learn', target }),
    clock: (port) => send({ kind: 'clock', port }),
    audition: (layer) => send({ kind: 'audition', layer }),
    edit: (edit) => void attempt(request['document.edit'](edit)),
    undo: () => void attempt(request['document.undo'](undefined)),
    redo: () => void attempt(request['document.redo'](undefined)),
    open: () => void attempt(request['document.open'](undefined)),
    save: () => void attempt(request['document.save'](undefined)),
    saveAs: () => void attempt(request['document.saveAs'](undefined)),
    newFrom: async (preset) => (await attempt(request['document.new']({ preset }).then(() => true))) ?? false,
    takeGathering: async (source) => (await attempt(request['gathering.use'](source).then(() => true))) ?? false,
    callOffReading: () => void attempt(request['gathering.callOff'](undefined)),
    commandRoom: (command) => void attempt(request['room.command'](command)),
    scanSensors: (wish) => void attempt(request['sensors.scan'](wish)),
    chooseSensor: (key) => void attempt(request['sensors.choose']({ key })),
    cancelSensors: async () => void (await attempt(request['sensors.cancel'](undefined))),
    consentSensor: (agreed) => void attempt(request['sensors.consent'](agreed)),
    forgetSensor: (device) => void attempt(request['sensors.forget']({ device })),
    chooseNights: async () => (await attempt(request['gathering.chooseNights'](undefined))) ?? [],
    chooseFolder: () => attempt(request['export.chooseFolder'](undefined)),
    startExport: (wanted) => void attempt(request['export.start'](wanted)),
    cancelExport: () => void attempt(request['export.cancel'](undefined)),
    revealExport: () => void attempt(request['export.reveal'](undefined)),
  };
};
