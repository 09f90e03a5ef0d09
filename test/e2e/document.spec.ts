import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { ask, chooseInDialogs, crash, windowOf } from '../support/app-pages.ts';
import { launchStudio, type Studio, type StudioOptions } from '../support/electron.ts';

/** The document as the studio window meets it: edits, undo, files, and what comes back after an end that nobody wished for. */
let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dreamscore-document-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = async (options: StudioOptions = {}): Promise<{ studio: Studio; page: Page }> => {
  const studio = await launchStudio(options);
  const page = await windowOf(studio.app, 'studio');
  return { studio, page };
};

const state = async (page: Page): Promise<string> => {
  const { score, fileName, dirty, undo, redo } = (await ask(page, 'document.read')) as { score: { title: string }; fileName: string | null; dirty: boolean; undo: string | null; redo: string | null };
  return `${score.title} | ${fileName ?? 'no file'} | ${dirty ? 'unsaved' : 'saved'} | ${undo ?? '-'} | ${redo ?? '-'}`;
};
const rename = (title: string) => ({ label: `Rename to ${title}`, changes: [{ op: 'set', path: ['title'], value: title }] });
const menuLabels = (studio: Studio): Promise<string[]> =>
  studio.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []).filter((item) => item.enabled && item.label !== '').map((item) => item.label) ?? []);

test('an edit is taken back, done again, saved and opened anew', async () => {
  const { studio, page } = await open();
  expect(await state(page)).toBe('First Light | no file | saved | - | -');
  await ask(page, 'document.edit', rename('Dusk'));
  expect(await state(page)).toBe('Dusk | no file | unsaved | Rename to Dusk | -');
  expect(await menuLabels(studio)).toContain('Undo: Rename to Dusk');
  await ask(page, 'document.undo');
  expect(await state(page)).toBe('First Light | no file | saved | - | Rename to Dusk');
  await ask(page, 'document.redo');

  const file = join(folder, 'dusk.json');
  await chooseInDialogs(studio.app, [file]);
  expect(await ask(page, 'document.save')).toEqual({ saved: true });
  expect(await state(page)).toBe('Dusk | dusk.json | saved | Rename to Dusk | -');
  expect((JSON.parse(readFileSync(file, 'utf8')) as { title: string }).title).toBe('Dusk');

  await ask(page, 'document.new', { preset: 'first-light' });
  expect(await state(page)).toBe('First Light | no file | saved | - | -');
  expect(await ask(page, 'document.open')).toEqual({ opened: true });
  expect(await state(page)).toBe('Dusk | dusk.json | saved | - | -');
  await studio.close();
});

test('a file that is no score is refused by name and place, and what lay open stays', async () => {
  const { studio, page } = await open();
  const file = join(folder, 'broken.json');
  writeFileSync(file, '{"format": "dreamscore", "version": 1}');
  await chooseInDialogs(studio.app, [file]);
  const refusal = await ask(page, 'document.open').then(() => 'opened', (error: unknown) => String(error));
  expect(refusal).toContain('this is not a score');
  expect(refusal).toContain('broken.json');
  expect(refusal).not.toContain(folder);
  expect(await state(page)).toBe('First Light | no file | saved | - | -');
  await studio.close();
});

test('a score named on the command line lies open', async () => {
  const score = JSON.parse(readFileSync('presets/first-light.json', 'utf8')) as object;
  const file = join(folder, 'asked.json');
  writeFileSync(file, JSON.stringify({ ...score, title: 'Asked' }));
  const { studio, page } = await open({ args: [file] });
  expect(await state(page)).toBe('Asked | asked.json | saved | - | -');
  await studio.close();
});

test('unsaved work comes back after the studio was closed, and is said so', async () => {
  const first = await open({ userDataFolder: folder });
  await ask(first.page, 'document.edit', rename('Dusk'));
  await first.studio.close();
  const second = await open({ userDataFolder: folder });
  expect(await state(second.page)).toBe('Dusk | no file | unsaved | - | -');
  await expect(second.page.getByText('Your unsaved changes of “Dusk” are back', { exact: false }).first()).toBeVisible();
  await second.studio.close();
});

test('the studio window that crashes comes back with the document as it was', async () => {
  const { studio, page } = await open();
  await ask(page, 'document.edit', rename('Dusk'));
  const again = studio.app.waitForEvent('window', { predicate: (each) => each !== page });
  await crash(studio.app, 'studio');
  const back = await again;
  await back.waitForLoadState();
  expect(await state(back)).toBe('Dusk | no file | unsaved | Rename to Dusk | -');
  await studio.close();
});
