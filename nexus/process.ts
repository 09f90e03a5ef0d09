/**
 * The Nexus as a program of its own: in Electron's utilityProcess (frames go over the MessagePort that main
 * hands on), in a worker thread (the port lies in the message's `port`), or as a forked child process
 * (no ports there: frames go to the parent, over the same channel as replies).
 */
import { parentPort as workerPort, type MessagePort } from 'node:worker_threads';
import { toNexusSchema, type FromNexus, type NexusToEngine } from '../core/ipc/nexus-messages.ts';
import { createNexusProgram, type EnginePort, type NexusProgram } from './nexus-program.ts';
import { readRecording } from './recording/read-recording.ts';
import { systemClock } from './clock.ts';

/** What is used of Electron's MessagePortMain. */
interface PortLike {
  postMessage(message: unknown): void;
  close(): void;
  start(): void;
  on(event: 'close', listener: () => void): unknown;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
}

/** What is used of Electron's `process.parentPort`, so that nothing of Electron is imported here. */
interface UtilityParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown; readonly ports: readonly PortLike[] }) => void): unknown;
  postMessage(message: unknown): void;
}

const create = (reply: (message: FromNexus) => void): NexusProgram => createNexusProgram({ clock: systemClock, unixNow: () => Date.now(), readNight: readRecording, reply });

const wrap = (program: NexusProgram, port: PortLike): EnginePort => {
  const engine: EnginePort = { send: (message) => port.postMessage(message), close: () => port.close() };
  port.on('close', () => program.portClosed(engine));
  port.start();
  return engine;
};

const serve = async (program: NexusProgram, message: unknown, port: EnginePort | undefined): Promise<void> => {
  await program.receive(message, port);
  if (program.disposed) process.exit(0);
};

const isSensors = (message: unknown): boolean => toNexusSchema.safeParse(message).data?.kind === 'sensors';

/** Hears the page that holds Bluetooth sensors, over a port of its own. */
const hearSensors = (program: NexusProgram, port: PortLike): void => {
  port.on('message', ({ data }) => program.sensor(data));
  port.on('close', () => program.sensorsClosed());
  port.start();
};

const runInUtilityProcess = (parent: UtilityParentPort): void => {
  const program = create((message) => parent.postMessage(message));
  parent.on('message', ({ data, ports: [port] }) => {
    if (port !== undefined && isSensors(data)) hearSensors(program, port);
    else void serve(program, data, port && wrap(program, port));
  });
  parent.postMessage({ kind: 'ready' } satisfies FromNexus);
};

const runInWorker = (parent: MessagePort): void => {
  const program = create((message) => parent.postMessage(message));
  parent.on('message', (data: { readonly port?: MessagePort } & Record<string, unknown>) => {
    const { port, ...message } = data;
    void serve(program, message, port && wrap(program, port));
  });
  parent.postMessage({ kind: 'ready' } satisfies FromNexus);
};

const runAsChild = (send: (message: FromNexus | NexusToEngine) => void): void => {
  const program = create(send);
  const toParent: EnginePort = { send, close: () => undefined };
  void program.receive({ kind: 'port' }, toParent);
  process.on('message', (message: unknown) => void serve(program, message, undefined));
  process.on('disconnect', () => process.exit(0));
  send({ kind: 'ready' });
};

const utilityPort = 'parentPort' in process ? (process.parentPort as UtilityParentPort | null) : null;
if (utilityPort) runInUtilityProcess(utilityPort);
else if (workerPort) runInWorker(workerPort);
else if (process.send) runAsChild((message) => process.send?.(message));
else {
  process.stderr.write('the Nexus: it was started without a parent: start Dreamscore with "npm start", or fork this file\n');
  process.exitCode = 2;
}
