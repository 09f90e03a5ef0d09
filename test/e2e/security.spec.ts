import { expect, test, type Page } from '@playwright/test';
import { answerTo, windowOf } from '../support/app-pages.ts';
import { launchStudio, type Studio } from '../support/electron.ts';

/** What a page of ours must not be able to do, tried from inside of it in the real Electron. */
let studio: Studio;
let page: Page;
let engine: Page;
const refusals: string[] = [];

test.beforeAll(async () => {
  studio = await launchStudio();
  studio.app.process().stderr?.on('data', (text: Buffer) => refusals.push(text.toString()));
  page = await windowOf(studio.app, 'studio');
  engine = await windowOf(studio.app, 'engine');
});
test.afterAll(() => studio.close());

test('every answer carries the policy and the isolation', async () => {
  for (const each of [page, engine]) {
    const headers = await each.evaluate(async () => Object.fromEntries((await fetch(location.href)).headers));
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(headers['content-security-policy']).not.toMatch(/unsafe|https?:|data:|blob:/);
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'permissions-policy': 'bluetooth=()',
    });
    expect(await each.evaluate(() => [crossOriginIsolated, location.origin, typeof SharedArrayBuffer])).toEqual([true, 'app://dreamscore', 'function']);
  }
});

test('the app opens without breaking its own policy', async () => {
  const violations: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && violations.push(message.text())));
  await page.reload();
  await page.waitForLoadState();
  await expect(page.getByRole('button').first()).toBeVisible();
  for (const place of ['2', '3', '4', '5', '1']) {
    await page.keyboard.press(`Control+${place}`);
    await page.waitForTimeout(200);
  }
  expect(violations).toEqual([]);
});

test('there is no Node in a page, and of Electron only the contract', async () => {
  for (const each of [page, engine]) {
    expect(await each.evaluate(() => ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter((name) => name in window))).toEqual([]);
    expect(await each.evaluate(() => Object.keys(Reflect.get(window, 'dreamscore') as object))).toEqual(['request', 'on']);
  }
  const requests = (each: Page): Promise<string[]> => each.evaluate(() => Object.keys((Reflect.get(window, 'dreamscore') as { request: object }).request).map((name) => name.split('.')[0] ?? ''));
  expect(new Set(await requests(page))).toEqual(new Set(['document', 'presets', 'gathering', 'room', 'export', 'sensors']));
  expect(new Set(await requests(engine))).toEqual(new Set(['engine']));
});

test('every window is sandboxed, isolated and without Node', async () => {
  const preferences = await studio.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = (contents as unknown as { getLastWebPreferences: () => Electron.WebPreferences }).getLastWebPreferences();
      return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag };
    }),
  );
  expect(preferences).toHaveLength(2);
  for (const each of preferences) expect(each).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false });
});

test('a page goes nowhere else and opens no window', async () => {
  const before = page.url();
  for (const address of ['https://example.org/', 'http://127.0.0.1:9/', 'file:///etc/passwd', 'app://dreamscore/engine/index.html']) {
    await page.evaluate((to) => {
      const link = document.createElement('a');
      link.href = to;
      document.body.append(link);
      link.click();
      link.remove();
    }, address);
  }
  expect(await page.evaluate(() => ['https://example.org/', 'app://dreamscore/studio/index.html', 'about:blank', ''].map((address) => window.open(address)))).toEqual([null, null, null, null]);
  expect(page.url()).toBe(before);
  expect(studio.app.windows()).toHaveLength(2);
  expect(await page.evaluate(() => location.href)).toBe(before);
});

test('a page that empties itself is brought back', async () => {
  const before = page.url();
  await page.evaluate(() => setTimeout(() => location.assign('about:blank'), 0));
  await page.waitForURL('about:blank', { waitUntil: 'commit' }).catch(() => undefined);
  await page.waitForURL(before);
  await expect(page.getByRole('button').first()).toBeVisible();
});

test('a page reaches no network, no file and no frame', async () => {
  const outcome = await page.evaluate(async () => {
    const tried = ['http://127.0.0.1/', 'https://example.org/', 'file:///etc/passwd', 'app://elsewhere/studio/index.html', 'data:text/plain,x'];
    const fetched = await Promise.all(tried.map((address) => fetch(address).then(() => `reached ${address}`, () => 'refused')));
    const socket = await new Promise((resolve) => {
      try {
        const made = new WebSocket('ws://127.0.0.1:9/');
        made.onopen = () => resolve('reached');
        made.onerror = () => resolve('refused');
      } catch {
        resolve('refused');
      }
    });
    const image = await new Promise((resolve) => {
      const made = new Image();
      made.onload = () => resolve('reached');
      made.onerror = () => resolve('refused');
      made.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
    });
    return [...fetched, socket, image];
  });
  expect(new Set(outcome)).toEqual(new Set(['refused']));
});

test('also without its policy a page reaches no network: main refuses each request', async () => {
  const reached = await studio.app.evaluate(async ({ session }) => {
    const tried = ['http://127.0.0.1/', 'https://example.org/'];
    return Promise.all(tried.map((address) => session.defaultSession.fetch(address).then(() => 'reached', (error: Error) => error.message)));
  });
  for (const each of reached) expect(each).toContain('ERR_BLOCKED_BY_CLIENT');
});

test('a page runs no script that is made of text', async () => {
  const outcome = await page.evaluate(() => {
    const refused = (work: () => unknown): boolean => {
      try {
        work();
        return false;
      } catch {
        return true;
      }
    };
    const script = document.createElement('script');
    return { handler: refused(() => document.createElement('p').setAttribute('onclick', 'window.ran = true')), text: refused(() => (script.textContent = 'window.ran = true')), html: refused(() => (document.createElement('p').innerHTML = '<b>x</b>')), ran: Reflect.get(window, 'ran') ?? false };
  });
  expect(outcome).toEqual({ handler: true, text: true, html: true, ran: false });
});

test('files outside of the pages are not served', async () => {
  const statuses = await page.evaluate(() =>
    Promise.all(['/../main/main.js', '/..%2fmain%2fmain.js', '/%2e%2e/%2e%2e/package.json', '/package.json', '/studio/', '/studio/nothing.js'].map((path) => fetch(path).then((answer) => answer.status, () => 0))),
  );
  expect(statuses).toEqual([404, 404, 404, 404, 404, 404]);
  expect(await page.evaluate(() => fetch('/studio/index.html', { method: 'POST', body: 'x' }).then((answer) => answer.status))).toBe(405);
});

test('permissions are denied, but MIDI to the engine', async () => {
  const of = (each: Page, names: readonly string[]): Promise<string[]> =>
    each.evaluate((list) => Promise.all(list.map((name) => navigator.permissions.query({ name: name as PermissionName }).then((status) => status.state, () => 'unknown'))), names);
  expect(new Set(await of(page, ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read']))).toEqual(new Set(['denied']));
  expect(new Set(await of(engine, ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read']))).toEqual(new Set(['denied']));
  expect(await of(engine, ['midi'])).toEqual(['granted']);
  const asked = await page.evaluate(async () => [
    await Notification.requestPermission(),
    await new Promise((resolve) => navigator.geolocation.getCurrentPosition(() => resolve('given'), (error) => resolve(error.code === error.PERMISSION_DENIED ? 'denied' : `failed ${error.code}`))),
    await navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'given', () => 'denied'),
    await navigator.requestMIDIAccess({ sysex: true }).then(() => 'given', () => 'denied'),
  ]);
  expect(asked).toEqual(['denied', 'denied', 'denied', 'denied']);
});

test('main refuses requests that are not as the contract says, and says why', async () => {
  expect(await answerTo(page, 'document.edit', { label: 'x' })).toContain('this request is not understood');
  expect(await answerTo(page, 'document.edit', { label: 'x', changes: [{ op: 'set', path: ['title'], value: '' }] })).toContain('this is not a score');
  expect(await answerTo(page, 'document.edit', { label: 'x', changes: [{ op: 'set', path: ['__proto__', 'polluted'], value: 1 }] })).toContain('there is nothing to edit');
  expect(await answerTo(page, 'document.edit', { label: 'x', changes: [{ op: 'set', path: ['story'], value: 'x'.repeat(9_000_000) }] })).toContain('this request is too long');
  expect(await answerTo(page, 'document.delete', undefined)).toContain('there is no such function');
  expect(await answerTo(page, 'document.new', { preset: '../../package' })).toContain('there is no such preset');
});

test('main takes no path, and no handle that it did not issue', async () => {
  const span = { of: 'source', from: 0, to: 10, audio: false };
  expect(await answerTo(page, 'export.start', { ...span, folder: '/tmp' })).toContain('this request is not understood');
  expect(await answerTo(page, 'export.start', { ...span, folder: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' })).toContain('this file was not chosen here');
  const nights = { kind: 'nights', align: 'onset', startAt: 0, speed: 1 };
  expect(await answerTo(page, 'gathering.use', { ...nights, files: [{ handle: '/etc/passwd', name: 'x' }] })).toContain('this request is not understood');
  expect(await answerTo(page, 'gathering.use', { ...nights, files: [{ handle: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff', name: 'x' }] })).toContain('this file was not chosen here');
});

test('main does not listen to what is no channel, nor to a page that is not the right one', async () => {
  const replies = await studio.app.evaluate(async ({ webContents }) => {
    type Reply = { ok: boolean; fault?: { what: string } };
    type Handler = (event: unknown, ...words: unknown[]) => Promise<Reply>;
    const contents = webContents.getAllWebContents().find((each) => each.getURL().includes('/studio/'));
    const other = webContents.getAllWebContents().find((each) => each.getURL().includes('/engine/'));
    if (contents === undefined || other === undefined) throw new Error('the windows are gone');
    // Electron keeps the handlers of a window in this map; no page can put its own event together, so the test does.
    const handlers = Reflect.get(contents.ipc, '_invokeHandlers') as Map<string, Handler>;
    const handler = handlers.get('dreamscore-request');
    if (handler === undefined) throw new Error('the window has no handler');
    const call = async (senderFrame: unknown, channel: unknown): Promise<string> => {
      const reply = await handler({ senderFrame, sender: contents }, channel, undefined);
      return reply.ok ? 'answered' : (reply.fault?.what ?? '');
    };
    return [await call(contents.mainFrame, 'document.read'), await call(contents.mainFrame, 'engine.load'), await call(other.mainFrame, 'document.read'), await call(null, 'document.read')];
  });
  expect(replies).toEqual(['answered', 'there is no such channel', 'this page may not ask', 'this page may not ask']);
});

test('downloads are refused', async () => {
  const before = refusals.length;
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['x']));
    link.download = 'x.txt';
    document.body.append(link);
    link.click();
    link.remove();
  });
  await expect.poll(() => refusals.slice(before).join('')).toContain('Refused');
});
