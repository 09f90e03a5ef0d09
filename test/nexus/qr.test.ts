import { describe, expect, it } from 'vitest';
import { qrPath } from '../../nexus/qr.ts';

const URL = 'http://192.168.1.20:8026/#k3v9-2hd7-qq1m';

/** The path drawn again as rows of dark and light, quiet zone included. */
const drawn = (url: string): boolean[][] => {
  const { size, path } = qrPath(url);
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let at = Number(x); at < Number(x) + Number(width); at += 1) rows[Number(y)]![at] = true;
  }
  return rows;
};

const FINDER = ['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111'];
const square = (rows: boolean[][], top: number, left: number): string[] =>
  rows.slice(top, top + 7).map((row) => row.slice(left, left + 7).map((dark) => (dark ? '1' : '0')).join(''));

describe('the code of a link', () => {
  it('has the three finder patterns, the timing pattern and a quiet zone of four', () => {
    const rows = drawn(URL);
    const side = rows.length - 8;
    expect((side - 17) % 4).toBe(0);
    expect(square(rows, 4, 4)).toEqual(FINDER);
    expect(square(rows, 4, 4 + side - 7)).toEqual(FINDER);
    expect(square(rows, 4 + side - 7, 4)).toEqual(FINDER);
    const timing = rows[10]!.slice(12, 4 + side - 8);
    expect(timing).toEqual(timing.map((_, at) => at % 2 === 0));
    expect(rows.flatMap((row, y) => row.filter((dark, x) => dark && (Math.min(x, y) < 4 || Math.max(x, y) >= side + 4)))).toEqual([]);
  });

  it('is the same for the same link, another for another, and fits the room view', () => {
    expect(qrPath(URL)).toEqual(qrPath(URL));
    expect(qrPath(URL).path).not.toBe(qrPath(`${URL}x`).path);
    expect(qrPath(`http://${'x'.repeat(393)}`).path.length).toBeLessThan(40_000);
  });
});
