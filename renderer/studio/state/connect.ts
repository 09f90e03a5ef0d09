import { portArrivalSchema, type StudioBridge } from '../../../core/ipc/contract.ts';
import type { FromEngine, ToEngine } from '../../../core/ipc/engine-view.ts';
import { text } from '../text/text.ts';
import type { Actions } from './actions.ts';
import { bindEdit } from './edits.ts';
import { readableError } from './readable-error.ts';
import type { Store } from './store.ts';
import { appendEvents, mergeNight, openMinute, type StudioState } from './studio-state.ts';

/** Without a view for this long the engine counts as gone (it sends 20 a second). */
export const LOST_AFTER_MS = 2000;

/** The one line to the engine. Ports come and go with the engine; what is said while there is none is dropped, as the views show. */
export const createEngineLine = (): { readonly send: (message: ToEngine) => void; readonly use: (port: MessagePort) => void } => {
  let port: MessagePort | null = null;
  return {
    send: (message) => port?.postMessage(message),
    use: (next) => {
      port?.close();
      port = next;
    },
  };
};

const announceScene = (store: Store<StudioState>, actions: Actions, id: string): void => {
  const name = store.get().document?.score.scenes.find((scene) => scene.id === id)?.name;
  if (name !== undefined) actions.say(text.announce.scene(name));
};

/** What the engine says, into the state. Messages come from our own engine window over a port that main made. */
export const receiveEngine = (store: Store<StudioState>, actions: Actions, message: FromEngine): void => {
  if (message.kind === 'view') {
    const before = store.get().view;
    const startedAnew = before !== null && message.view.t < before.t;
    store.change((state) => ({ view: message.view, engine: 'live', ...(startedAnew ? { events: [], night: [] } : openMinute(state.night, message.view)) }));
    if (before !== null && before.scene.id !== message.view.scene.id) announceScene(store, actions, message.view.scene.id);
  } else if (message.kind === 'night') {
    store.change((state) => ({ night: mergeNight(state.night, message.minutes) }));
  } else if (message.kind === 'events') {
    store.change((state) => ({ events: appendEvents(state.events, message.events) }));
  } else {
    const score = store.get().document?.score;
    if (score !== undefined) actions.edit(bindEdit(score, message.binding));
    actions.notify('info', text.midi.learned(message.binding));
  }
};

const COMMAND_PLACES = {
  'place-perform': 'perform',
  'place-compose': 'compose',
  'place-export': 'export',
  'place-library': 'library',
  'place-gathering': 'gathering',
} as const;

const listenToMain = (store: Store<StudioState>, bridge: StudioBridge, actions: Actions): void => {
  bridge.on('document.changed', (document) => store.change(() => ({ document })));
  bridge.on('gathering.changed', (gathering) => store.change(() => ({ gathering, room: null, night: [], events: [] })));
  bridge.on('sensors.changed', (sensors) => store.change(() => ({ sensors })));
  bridge.on('gathering.reading', (reading) => store.change(() => ({ reading })));
  bridge.on('room.changed', (room) => store.change(() => ({ room })));
  bridge.on('export.progress', (exporting) => {
    const before = store.get().exporting?.state;
    store.change(() => ({ exporting }));
    if (before === exporting.state) return;
    if (exporting.state === 'done' || exporting.state === 'failed' || exporting.state === 'cancelled') actions.say(text.announce.export[exporting.state]);
  });
  bridge.on('notice', (notice) => actions.notify(notice.tone, notice.text));
  bridge.on('command', (command) => {
    if (command === 'play' || command === 'fade' || command === 'panic') actions[command]();
    else actions.go(COMMAND_PLACES[command]);
  });
};

const readFirst = (store: Store<StudioState>, bridge: StudioBridge, actions: Actions): void => {
  const fail = (error: unknown): void => actions.notify('warning', text.broken.main(readableError(error)));
  bridge.request['document.read'](undefined).then((document) => store.change(() => ({ document })), fail);
  bridge.request['gathering.read'](undefined).then((gathering) => store.change(() => ({ gathering })), fail);
  bridge.request['sensors.read'](undefined).then((sensors) => store.change(() => ({ sensors })), fail);
  bridge.request['presets.list'](undefined).then((presets) => store.change(() => ({ presets })), fail);
};

/** Joins the state to main and to the engine for as long as the window lives. */
export const connect = (store: Store<StudioState>, bridge: StudioBridge, actions: Actions, line: ReturnType<typeof createEngineLine>, host: Window): void => {
  let heard = 0;
  listenToMain(store, bridge, actions);
  host.addEventListener('message', (event) => {
    const arrival = portArrivalSchema.safeParse(event.data);
    const port = event.ports[0];
    if (event.source !== host || !arrival.success || arrival.data.dreamscorePort !== 'studio-engine' || port === undefined) return;
    line.use(port);
    port.onmessage = (message: MessageEvent<FromEngine>) => {
      heard = host.performance.now();
      receiveEngine(store, actions, message.data);
    };
  });
  host.setInterval(() => {
    if (store.get().engine === 'live' && host.performance.now() - heard > LOST_AFTER_MS) store.change(() => ({ engine: 'lost' }));
  }, 500);
  readFirst(store, bridge, actions);
};
