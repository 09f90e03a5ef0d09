import type { IpcMainInvokeEvent, WebContents } from 'electron';
import type { z } from 'zod';
import type { Requests } from '../../core/ipc/contract.ts';
import { PUSH_CHANNEL, REQUEST_CHANNEL } from '../preload/channels.ts';
import { isPage } from './address.ts';
import { type Answers, createDispatch, type Reply } from './dispatch.ts';

/** True where a message comes from the top frame of its window and that frame shows the page it should. */
const isFrom = (event: IpcMainInvokeEvent, contents: WebContents, page: string): boolean =>
  event.senderFrame !== null && event.senderFrame === contents.mainFrame && isPage(event.senderFrame.url, page);

/** Answers the requests of one window, as long as that window lives. Other windows cannot reach these channels. */
export const answerWindow = <Table extends Requests>(contents: WebContents, page: string, table: Table, answers: Answers<Table>): void => {
  const dispatch = createDispatch(table, answers, () => performance.now());
  contents.ipc.handle(REQUEST_CHANNEL, async (event, channel: unknown, payload: unknown): Promise<Reply> => {
    if (isFrom(event, contents, page)) return dispatch(channel, payload);
    console.error(`Refused a request from ${event.senderFrame?.url ?? 'a frame that is gone'}`);
    return { ok: false, fault: { what: 'this page may not ask', where: 'the window', mend: 'start Dreamscore again' } };
  });
};

/** Tells a window; a window that is closed or has crashed hears nothing and reads the state anew when it is back. */
export type Push<Table extends Record<string, z.ZodType>> = <Channel extends keyof Table & string>(channel: Channel, value: z.output<Table[Channel]>) => void;

export const pusher =
  <Table extends Record<string, z.ZodType>>(window: () => WebContents | null, table: Table): Push<Table> =>
  (channel, value) => {
    const contents = window();
    if (contents === null || contents.isDestroyed() || contents.isCrashed()) return;
    if (!Object.hasOwn(table, channel)) throw new RangeError(`there is no push "${channel}"`);
    contents.send(PUSH_CHANNEL, channel, value);
  };
