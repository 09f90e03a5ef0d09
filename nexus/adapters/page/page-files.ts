import icon from '../../page/icon.svg?raw';
import html from '../../page/index.html?raw';
import script from '../../page/main.ts?bundle';
import style from '../../page/page.css?raw';
import { staticFile, type StaticFile } from './answer.ts';

/** The pod page by its paths: all that there is. */
export const pageFiles = (): ReadonlyMap<string, StaticFile> =>
  new Map([
    ['/', staticFile('text/html; charset=utf-8', html)],
    ['/page.js', staticFile('text/javascript; charset=utf-8', script)],
    ['/page.css', staticFile('text/css; charset=utf-8', style)],
    ['/icon.svg', staticFile('image/svg+xml', icon)],
  ]);
