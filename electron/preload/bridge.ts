import { contextBridge, ipcRenderer } from 'electron';
import { CHANNELS_ARGUMENT, PORT_CHANNEL, PUSH_CHANNEL, REQUEST_CHANNEL, type ChannelNames } from './channels.ts';

/**
 * What a page gets as `window.dreamscore`, and all it gets: one function for each request of its contract, and a way
 * to listen to its pushes. The names come from the contract by way of main; nothing of Electron is handed on.
 */
type Reply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly fault: { readonly what: string; readonly where: string; readonly mend: string } };
type Listener = (value: unknown) => void;

const readNames = (): ChannelNames => {
  const argument = process.argv.find((text) => text.startsWith(CHANNELS_ARGUMENT));
  if (argument === undefined) throw new Error('this window was opened without its list of channels');
  return JSON.parse(argument.slice(CHANNELS_ARGUMENT.length)) as ChannelNames;
};

/** A refusal rejects with the whole fault as the message of an Error: of an Error, only that crosses the bridge. */
const ask = async (channel: string, payload: unknown): Promise<unknown> => {
  const reply: Reply = await ipcRenderer.invoke(REQUEST_CHANNEL, channel, payload);
  if (reply.ok) return reply.value;
  throw new Error(`${reply.fault.what}: ${reply.fault.where}: ${reply.fault.mend}`);
};

export const exposeBridge = (): void => {
  const names = readNames();
  const listeners = new Map<string, Set<Listener>>(names.pushes.map((name) => [name, new Set<Listener>()]));
  ipcRenderer.on(PUSH_CHANNEL, (_event, channel: string, value: unknown) => listeners.get(channel)?.forEach((listener) => listener(value)));
  // A port cannot cross the bridge; a message of the window to itself carries it.
  ipcRenderer.on(PORT_CHANNEL, (event, dreamscorePort: string) => window.postMessage({ dreamscorePort }, window.location.origin, event.ports));
  contextBridge.exposeInMainWorld('dreamscore', {
    request: Object.fromEntries(names.requests.map((name) => [name, (payload: unknown) => ask(name, payload)])),
    on: (channel: string, listener: Listener): (() => void) => {
      const heard = listeners.get(channel);
      if (heard === undefined) throw new RangeError(`there is no push "${channel}"`);
      heard.add(listener);
      return () => heard.delete(listener);
    },
  });
};
