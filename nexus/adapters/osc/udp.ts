import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { Fault } from '../../../core/fault.ts';

/** A UDP port that is listened to. */
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

const faultOf = (error: Error, port: number): Fault => {
  const code = 'code' in error ? error.code : undefined;
  const where = `UDP port ${port}`;
  if (code === 'EADDRINUSE') return new Fault('OSC cannot be listened to', where, 'another program has that port: stop it, or choose another port for this source and its sender', { cause: error });
  if (code === 'EACCES') return new Fault('OSC may not be listened to', where, 'choose a port above 1023', { cause: error });
  return new Fault('OSC cannot be listened to', where, `choose another port (${String(code ?? error.message)})`, { cause: error });
};

const closing = (socket: Socket): Promise<void> => new Promise((resolve) => socket.close(() => resolve()));

/**
 * Listens on this machine alone, or (`open`) on every address. @param lost called once if the socket fails later on; it is closed then
 * @throws Fault where the port cannot be had
 */
export const listenUdp = (port: number, open: boolean, hear: (bytes: Buffer, from: RemoteInfo) => void, lost: () => void): Promise<Listening> =>
  new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    const refused = (error: Error): void => {
      socket.close();
      reject(faultOf(error, port));
    };
    socket.once('error', refused);
    socket.bind(port, open ? '0.0.0.0' : '127.0.0.1', () => {
      let closed = false;
      socket.off('error', refused);
      socket.on('message', hear);
      socket.once('error', () => {
        closed = true;
        socket.close();
        lost();
      });
      resolve({
        port: socket.address().port,
        close: () => {
          if (closed) return Promise.resolve();
          closed = true;
          return closing(socket);
        },
      });
    });
  });
