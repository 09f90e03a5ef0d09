import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { ask, chooseInDialogs, crash, heard, listen, windowOf } from '../support/app-pages.ts';
import { launchStudio, type Studio } from '../support/electron.ts';

/** A performance that meets accidents: an engine that dies, a hand that slips, an export in the middle of it. */
type Progress = { state: string; files: string[]; fault: unknown };

let folder = '';
let studio: Studio;
let page: Page;

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dreamscore-leaving-'));
  studio = await launchStudio();
  page = await windowOf(studio.app, 'studio');
});
test.afterEach(async () => {
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
});

const play = async (): Promise<void> => {
  await page.getByRole('button', { name: /^Play/ }).first().click();
  await expect.poll(() => existsSync(join(studio.userDataFolder, 'takes')) && readdirSync(join(studio.userDataFolder, 'takes')).length).toBe(1);
};

test('the gathering is exported from a process of its own, into a folder of its own', async () => {
  await listen(page, 'export.progress');
  await chooseInDialogs(studio.app, [folder]);
  const chosen = (await ask(page, 'export.chooseFolder')) as { handle: string; name: string };
  expect(JSON.stringify(chosen)).not.toContain(tmpdir());
  await ask(page, 'export.start', { folder: chosen.handle, of: 'source', from: 0, to: 20, audio: true });
  await expect.poll(async () => (await heard<Progress>(page, 'export.progress')).at(-1)?.state, { timeout: 60_000 }).toMatch(/done|failed/);
  const last = (await heard<Progress>(page, 'export.progress')).at(-1);
  expect(last).toMatchObject({ state: 'done', fault: null });
  const [made = ''] = readdirSync(folder);
  expect(made).toMatch(/^first-light \d{4}-\d\d-\d\d /);
  for (const name of ['score.mid', 'mix.wav']) expect(last?.files).toContain(name);
  for (const name of last?.files ?? []) expect(existsSync(join(folder, made, name))).toBe(true);
});

test('a take that was not played cannot be exported, and a second export waits for the first', async () => {
  await chooseInDialogs(studio.app, [folder]);
  const { handle } = (await ask(page, 'export.chooseFolder')) as { handle: string };
  const start = (of: string, to: number): Promise<string> => ask(page, 'export.start', { folder: handle, of, from: 0, to, audio: false }).then(() => 'started', (error: unknown) => String(error));
  expect(await start('take', 10)).toContain('nothing has been played yet');
  expect(await start('source', 0)).toContain('the span to export is empty');
  expect(await start('source', 28_800)).toBe('started');
  expect(await start('source', 10)).toContain('an export is under way already');
  await listen(page, 'export.progress');
  await ask(page, 'export.cancel');
  await expect.poll(async () => (await heard<Progress>(page, 'export.progress')).at(-1)?.state, { timeout: 20_000 }).toBe('cancelled');
  await expect.poll(() => readdirSync(folder)).toEqual([]);
});

test('an engine that dies while playing is started again and goes on with its take', async () => {
  await play();
  await page.waitForTimeout(2500);
  const engine = await windowOf(studio.app, 'engine');
  await listen(page, 'notice');
  await crash(studio.app, 'engine');
  const again = await windowOf(studio.app, 'engine', engine);
  await expect.poll(async () => JSON.stringify(await heard(page, 'notice')), { timeout: 20_000 }).toContain('the take goes on');
  // The new engine hands its first snapshot over with its first record.
  await page.waitForTimeout(1500);
  const load = (await ask(again, 'engine.load')) as { resume: { snapshot: string | null; inputs: { seq: number }[]; elapsed: number } | null };
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
  page = await windowOf(studio.app, 'studio');
  await play();
  await page.waitForTimeout(2000);
  const running = first.app.process();
  running.kill('SIGKILL');
  await expect.poll(() => running.signalCode).toBe('SIGKILL');

  studio = await launchStudio({ userDataFolder: data });
  try {
    page = await windowOf(studio.app, 'studio');
    await expect(page.getByText('The last performance was cut off. It goes on where it would be now.').first()).toBeVisible();
    await expect(page.getByText('Playing', { exact: true }).first()).toBeVisible();
  } finally {
    await studio.close();
    studio = own;
  }
});
