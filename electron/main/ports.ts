import { MessageChannelMain, type UtilityProcess, type WebContents } from 'electron';
import { PORT_CHANNEL } from '../preload/channels.ts';

/** Joins studio and engine with a line of their own: main is never on the path of the music. */
export const joinWindows = (studio: WebContents | null, engine: WebContents | null): void => {
  if (studio === null || engine === null) return;
  const { port1, port2 } = new MessageChannelMain();
  studio.postMessage(PORT_CHANNEL, 'studio-engine', [port1]);
  engine.postMessage(PORT_CHANNEL, 'studio-engine', [port2]);
};

/** Joins the Nexus and the engine. @param message that brings the port to the Nexus */
export const joinNexus = (nexus: UtilityProcess | null, message: unknown, engine: WebContents | null): void => {
  if (nexus === null || engine === null) return;
  const { port1, port2 } = new MessageChannelMain();
  nexus.postMessage(message, [port1]);
  engine.postMessage(PORT_CHANNEL, 'nexus', [port2]);
};

/** Joins the Nexus and the page that holds Bluetooth sensors. @param message that brings the port to the Nexus */
export const joinSensors = (nexus: UtilityProcess | null, message: unknown, sensors: WebContents | null): void => {
  if (nexus === null || sensors === null) return;
  const { port1, port2 } = new MessageChannelMain();
  nexus.postMessage(message, [port1]);
  sensors.postMessage(PORT_CHANNEL, 'sensors', [port2]);
};
