import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { launchStudio, type Studio } from '../support/electron.ts';

/** A performance that meets accidents: an engine that dies, a hand that slips, an export in the middle of it. */
type Progress = { state: string; files: string[]; fault: unknown };
type Bridge = { request: Record<string, (payload: unknown) => Promise<unknown>>; on: (channel: string, listener: (value: unknown) => void) => void };

let folder = '';
let studio: Studio;
let page: Page;

const windowOf = async (part: string, other?: Page): Promise<Page> => {
  const isIt = (each: Page): boolean => each.url().includes(part) && each !== other && !each.isClosed();
  return studio.app.windows().find(isIt) ?? studio.app.waitForEvent('window', { predicate: isIt });
};
const ask = (channel: string, payload?: unknown): Promise<unknown> =>
  page.evaluate(([name, request]) => (Reflect.get(window, 'dreamscore') as Bridge).request[name as string]?.(request), [channel, payload] as const);

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dreamscore-leaving-'));
  studio = await launchStudio();
  page = await windowOf('/studio/');
  await page.waitForLoadState();
});
test.afterEach(async () => {
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Collects what main pushes on a channel, in the page itself. */
const listen = (channel: string): Promise<void> =>
  page.evaluate((name) => {
    const heard: unknown[] = [];
    Reflect.set(window, `heard ${name}`, heard);
    (Reflect.get(window, 'dreamscore') as Bridge).on(name, (value) => heard.push(value));
  }, channel);
const heard = <Value>(channel: string): Promise<Value[]> => page.evaluate((name) => Reflect.get(window, `heard ${name}`) as Value[], channel);

const play = async (): Promise<void> => {
  await page.getByRole('button', { name: /^Play/ }).first().click();
  await expect.poll(() => existsSync(join(studio.userDataFolder, 'takes')) && readdirSync(join(studio.userDataFolder, 'takes')).length).toBe(1);
};

test('the gathering is exported from a process of its own, into a folder of its own', async () => {
  await listen('export.progress');
  await studio.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, folder);
  const chosen = (await ask('export.chooseFolder')) as { handle: string; name: string };
  expect(JSON.stringify(chosen)).not.toContain(tmpdir());
  await ask('export.start', { folder: chosen.handle, of: 'source', from: 0, to: 20, audio: true });
  await expect.poll(async () => (await heard<Progress>('export.progress')).at(-1)?.state, { timeout: 60_000 }).toMatch(/done|failed/);
  const last = (await heard<Progress>('export.progress')).at(-1);
  expect(last).toMatchObject({ state: 'done', fault: null });
  const [made = ''] = readdirSync(folder);
  expect(made).toMatch(/^first-light \d{4}-\d\d-\d\d /);
  for (const name of ['score.mid', 'mix.wav']) expect(last?.files).toContain(name);
  for (const name of last?.files ?? []) expect(existsSync(join(folder, made, name))).toBe(true);
});

test('a take that was not played cannot be exported, and a second export waits for the first', async () => {
  await studio.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, folder);
  const { handle } = (await ask('export.chooseFolder')) as { handle: string };
  const start = (of: string, to: number): Promise<string> => ask('export.start', { folder: handle, of, from: 0, to, audio: false }).then(() => 'started', (error: unknown) => String(error));
  expect(await start('take', 10)).toContain('nothing has been played yet');
  expect(await start('source', 0)).toContain('the span to export is empty');
  expect(await start('source', 28_800)).toBe('started');
  expect(await start('source', 10)).toContain('an export is under way already');
  await listen('export.progress');
  await ask('export.cancel');
  await expect.poll(async () => (await heard<Progress>('export.progress')).at(-1)?.state, { timeout: 20_000 }).toBe('cancelled');
  await expect.poll(() => readdirSync(folder)).toEqual([]);
});

test('an engine that dies while playing is started again and goes on with its take', async () => {
  await play();
  await page.waitForTimeout(2500);
  const engine = await windowOf('/engine/');
  await listen('notice');
  await studio.app.evaluate(({ webContents }) => webContents.getAllWebContents().find((each) => each.getURL().includes('/engine/'))?.forcefullyCrashRenderer());
  const again = await windowOf('/engine/', engine);
  await again.waitForLoadState();
  await expect.poll(async () => JSON.stringify(await heard('notice')), { timeout: 20_000 }).toContain('the take goes on');
  // The new engine hands its first snapshot over with its first record.
  await page.waitForTimeout(1500);
  const load = (await again.evaluate(() => (Reflect.get(window, 'dreamscore') as Bridge).request['engine.load']?.(undefined))) as { resume: { snapshot: string | null; inputs: { seq: number }[]; elapsed: number } | null };
  expect(load.resume?.elapsed).toBeGreaterThan(2_000_000);
  expect(load.resume?.inputs.at(-1)?.seq).toBeGreaterThan(3);
  expect(load.resume?.snapshot).toContain('"runner"');
  expect(load.resume?.inputs[0]?.seq).toBeGreaterThan(0);
});

test('one slip of the hand does not close the window while it plays; meaning it does', async () => {
  const press = (): Promise<void> => studio.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().find((each) => each.webContents.getURL().includes('/studio/'))?.close());
  await play();
  await press();
  await expect(page.getByText('The music is playing. Close the window once more to end it.').first()).toBeVisible();
  const running = studio.app.process();
  await press().catch(() => undefined); // The app may be gone before it can answer.
  await expect.poll(() => running.exitCode).toBe(0);
});

test('a studio that is killed while playing goes on at the next start, in the same take', async () => {
  const data = join(folder, 'settings');
  const first = await launchStudio({ userDataFolder: data });
  const own = studio;
  studio = first;
  page = await windowOf('/studio/');
  await page.waitForLoadState();
  await play();
  await page.waitForTimeout(2000);
  const running = first.app.process();
  running.kill('SIGKILL');
  await expect.poll(() => running.signalCode).toBe('SIGKILL');

  studio = await launchStudio({ userDataFolder: data });
  try {
    page = await windowOf('/studio/');
    await expect(page.getByText('The last performance was cut off. It goes on where it would be now.').first()).toBeVisible();
    await expect(page.getByText('Playing', { exact: true }).first()).toBeVisible();
  } finally {
    await studio.close();
    studio = own;
  }
});
