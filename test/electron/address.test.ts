import { describe, expect, it } from 'vitest';
import { contentType, ENGINE_PAGE, isPage, resolveAddress, securityHeaders, STUDIO_PAGE } from '../../electron/main/address.ts';
import { scoreOf } from '../../electron/main/flags.ts';
import { canBeSeen } from '../../electron/main/window-place.ts';

const ROOT = '/app/out/renderer';

describe('the addresses of pages', () => {
  it('name files below the pages folder', () => {
    expect(resolveAddress(STUDIO_PAGE, ROOT)).toBe(`${ROOT}/studio/index.html`);
    expect(resolveAddress('app://dreamscore/assets/layer-worklet-D4_x.js?v=1#here', ROOT)).toBe(`${ROOT}/assets/layer-worklet-D4_x.js`);
  });

  it('name nothing outside of it, whatever is tried', () => {
    const tried = [
      'app://dreamscore/../main/main.js', 'app://dreamscore/..%2fmain/main.js', 'app://dreamscore/%2e%2e/main/main.js', 'app://dreamscore/..%5cmain%5cmain.js',
      'app://dreamscore/studio/%00.html', 'app://dreamscore/studio//index.html', 'app://dreamscore//etc/x.json', 'app://dreamscore/C:/x.json', 'app://dreamscore/studio/index.html.',
      'app://dreamscore/.hidden.json', 'app://dreamscore/%', 'app://dreamscore/', 'app://dreamscore/studio/', 'app://dreamscore/package.lock',
      'app://elsewhere/studio/index.html', 'app://dreamscore:81/studio/index.html', 'app://me@dreamscore/studio/index.html', 'file:///etc/passwd', 'https://dreamscore/studio/index.html', 'nonsense',
    ];
    const found = tried.filter((address) => {
      const file = resolveAddress(address, ROOT);
      return file !== null && !file.startsWith(`${ROOT}/`);
    });
    expect(found).toEqual([]);
    // Dots that a URL itself folds away stay inside and name a file that is not there; everything else names none.
    expect(tried.map((address) => resolveAddress(address, ROOT)).filter((file) => file !== null)).toEqual([`${ROOT}/main/main.js`, `${ROOT}/main/main.js`]);
  });

  it('have the type of their name, and only kinds that a page uses', () => {
    expect(contentType('a/B.JS')).toBe('text/javascript; charset=utf-8');
    expect(contentType('font.woff2')).toBe('font/woff2');
    expect([contentType('main.map'), contentType('score.exe'), contentType('none')]).toEqual([null, null, null]);
  });

  it('are the page itself with or without a place in it, and no other', () => {
    expect([isPage(STUDIO_PAGE, STUDIO_PAGE), isPage(`${STUDIO_PAGE}#top`, STUDIO_PAGE), isPage(`${STUDIO_PAGE}x`, STUDIO_PAGE), isPage(ENGINE_PAGE, STUDIO_PAGE)]).toEqual([true, true, false, false]);
  });
});

describe('the policy of pages', () => {
  it('allows nothing inline, nothing from elsewhere and no script made of text', () => {
    for (const path of ['/studio/index.html', '/engine/index.html', '/assets/x.js']) {
      const policy = securityHeaders(path)['Content-Security-Policy'] ?? '';
      expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
      expect(policy).not.toMatch(/unsafe|data:|blob:|http|\*/);
    }
    expect(securityHeaders('/studio/index.html')['Content-Security-Policy']).toContain("require-trusted-types-for 'script'");
  });
});

describe('the command line', () => {
  const of = (...words: string[]): string | null => scoreOf(words, '/home/ada', '/opt/dreamscore');

  it('names a score by a switch or as a plain word', () => {
    expect(of('--score', 'a.json')).toBe('/home/ada/a.json');
    expect(of('--score=/b/c.json')).toBe('/b/c.json');
    expect(of('--no-sandbox', '/opt/dreamscore', 'night.json')).toBe('/home/ada/night.json');
  });

  it('names none where there is none', () => {
    expect([of(), of('/opt/dreamscore'), of('--disable-gpu'), of('--score'), of('--score', '--disable-gpu')]).toEqual([null, null, null, null, null]);
  });
});

describe('the place of a window', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1080 };
  it('is used again only where it can be seen', () => {
    const place = { x: 100, y: 100, width: 800, height: 600, maximised: false };
    expect(canBeSeen(place, [screen])).toBe(true);
    expect(canBeSeen({ ...place, x: 2500 }, [screen])).toBe(false);
    expect(canBeSeen({ ...place, y: -400 }, [screen])).toBe(false);
    expect(canBeSeen({ ...place, x: 2500 }, [screen, { ...screen, x: 1920 }])).toBe(true);
  });
});
