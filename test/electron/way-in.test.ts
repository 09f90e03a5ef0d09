import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { Fault } from '../../core/fault.ts';
import { createDispatch, isLongerThan, type Reply } from '../../electron/main/dispatch.ts';
import { createHandles } from '../../electron/main/handles.ts';
import { createBackoff } from '../../electron/main/backoff.ts';

const table = {
  double: { request: z.number().max(100), response: z.number() },
  refuse: { request: z.undefined(), response: z.undefined() },
  break: { request: z.undefined(), response: z.undefined() },
  lie: { request: z.undefined(), response: z.number() },
} as const;
const answers = {
  double: async (value: number) => value * 2,
  refuse: async () => {
    throw new Fault('no', 'here', 'go there');
  },
  break: async () => {
    throw new Error('/home/somebody/secret');
  },
  // A handler that answers something else than its contract says.
  lie: async () => 'four' as unknown as number,
};
const faultOf = (reply: Reply): string => (reply.ok ? 'no fault' : reply.fault.what);

describe('the way in for a window', () => {
  const make = (clock = () => 0) => createDispatch(table, answers, clock, { size: 1000, perSecond: 10, burst: 5 });

  it('answers what the contract has', async () => {
    expect(await make()('double', 21)).toEqual({ ok: true, value: 42 });
  });

  it('refuses other channels, also such as every object has', async () => {
    for (const channel of ['triple', 'toString', '__proto__', 7, null]) expect(faultOf(await make()(channel, 1))).toBe('there is no such channel');
  });

  it('refuses payloads that are not as the contract says, and names the place', async () => {
    expect(faultOf(await make()('double', 'two'))).toMatch(/not understood/);
    expect(faultOf(await make()('double', 101))).toMatch(/not understood/);
  });

  it('refuses what is too long before it reads it', async () => {
    expect(faultOf(await make()('double', 'x'.repeat(2000)))).toBe('this request is too long');
  });

  it('hands a Fault on whole', async () => {
    expect(await make()('refuse', undefined)).toEqual({ ok: false, fault: { what: 'no', where: 'here', mend: 'go there' } });
  });

  it('prints what was not foreseen, and tells the window nothing of it', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const replies = [await make()('break', undefined), await make()('lie', undefined)];
    expect(printed).toHaveBeenCalledTimes(2);
    expect(JSON.stringify(replies)).not.toMatch(/secret|four/);
    expect(replies.map(faultOf)).toEqual(Array(2).fill('something went wrong that was not foreseen'));
    printed.mockRestore();
  });

  it('answers a burst, then only so many a second', async () => {
    let now = 0;
    const dispatch = make(() => now);
    const replies: Reply[] = [];
    for (let i = 0; i < 6; i += 1) replies.push(await dispatch('double', i));
    now = 100;
    replies.push(await dispatch('double', 6), await dispatch('double', 7));
    expect(replies.map((reply) => reply.ok)).toEqual([true, true, true, true, true, false, true, false]);
  });
});

describe('the measure of a request', () => {
  it('counts text, names and numbers, and stops at the limit', () => {
    expect(isLongerThan({ a: ['x'.repeat(50)] }, 100)).toBe(false);
    expect(isLongerThan({ a: ['x'.repeat(100)] }, 100)).toBe(true);
    expect(isLongerThan(Array(1000).fill(0), 1000)).toBe(true);
  });

  it('refuses what no JSON has: bytes, maps, bottomless nesting, rings', () => {
    const ring: unknown[] = [];
    ring.push(ring);
    for (const odd of [new Uint8Array(1), new ArrayBuffer(1), new Map(), new Set(), ring]) expect(isLongerThan(odd, 1e6)).toBe(true);
  });
});

describe('handles', () => {
  it('lead back to the path, and only those that were issued', () => {
    const handles = createHandles();
    const handle = handles.issue('/music/score.json');
    expect(handles.path(handle)).toBe('/music/score.json');
    expect(handle).not.toContain('music');
    for (const foreign of ['/etc/passwd', '../x', '9b2f8f0a-0000-4000-8000-000000000000', '']) expect(() => handles.path(foreign)).toThrow(Fault);
  });

  it('forget the oldest once there are too many', () => {
    const handles = createHandles(2);
    const [first = '', second = '', third = ''] = ['a', 'b', 'c'].map(handles.issue);
    expect(() => handles.path(first)).toThrow(/not chosen here/);
    expect([handles.path(second), handles.path(third)]).toEqual(['b', 'c']);
  });
});

describe('the wait before a process is started again', () => {
  it('grows up to ten seconds, and is short again once it has lasted', () => {
    const backoff = createBackoff();
    const waits = Array.from({ length: 9 }, (_, index) => backoff.wait(index));
    expect(waits).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
    expect(backoff.wait(100_000)).toBe(100);
  });
});
