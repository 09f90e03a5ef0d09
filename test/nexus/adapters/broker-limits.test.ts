import { describe, expect, it, vi } from 'vitest';
import { createFlow } from '../../../nexus/adapters/broker/flow.ts';
import { BROKER_LIMITS, createPorch } from '../../../nexus/adapters/broker/porch.ts';
import { packetSizes } from '../../../nexus/adapters/packet-sizes.ts';
import { fakeClock } from '../../support/fake-clock.ts';

describe('the flow of one connection', () => {
  it('passes two seconds of messages at once and then as many as time brings', () => {
    const clock = fakeClock();
    const flow = createFlow(clock, { perSecond: 20, flood: 100 });
    const passed = (times: number): number => Array.from({ length: times }, flow).filter((pace) => pace === 'pass').length;
    expect(passed(100)).toBe(40);
    clock.advance(500);
    expect(passed(100)).toBe(10);
  });

  it('is a flood after so many too many, unless it calms down in between', () => {
    const clock = fakeClock();
    const flow = createFlow(clock, { perSecond: 20, flood: 100 });
    for (let i = 0; i < 40 + 100; i += 1) expect(flow()).not.toBe('flood');
    expect(flow()).toBe('flood');
    clock.advance(1_000);
    expect(flow()).toBe('pass');
    for (let i = 0; i < 19 + 100; i += 1) expect(flow()).not.toBe('flood');
  });
});

describe('the porch', () => {
  it('lets so many in from one address of the network, and all from this machine', () => {
    const porch = createPorch(fakeClock(), { ...BROKER_LIMITS, perAddress: 2 });
    const times = (address: string): number => Array.from({ length: 5 }, () => porch.enter(address)).filter(Boolean).length;
    expect(times('192.168.1.9')).toBe(2);
    expect(times('192.168.1.10')).toBe(2);
    for (const own of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) expect(times(own)).toBe(5);
    porch.left('192.168.1.9');
    expect(times('192.168.1.9')).toBe(1);
  });

  it('keeps an address that flooded us out for a while', () => {
    const clock = fakeClock();
    const porch = createPorch(clock, BROKER_LIMITS);
    porch.keepOut('192.168.1.9');
    porch.keepOut('127.0.0.1');
    expect([porch.enter('192.168.1.9'), porch.enter('192.168.1.10'), porch.enter('127.0.0.1')]).toEqual([false, true, true]);
    clock.advance(BROKER_LIMITS.outMs);
    expect(porch.enter('192.168.1.9')).toBe(true);
    porch.keepOut('192.168.1.9');
    porch.close();
    expect(clock.waiting).toBe(0);
  });
});

describe('the sizes of packets', () => {
  const packet = (length: number): Uint8Array => {
    const head = [0x30];
    for (let left = length, more = true; more; left >>= 7) {
      more = left > 127;
      head.push((left & 127) | (more ? 128 : 0));
    }
    return Uint8Array.from([...head, ...Array<number>(length).fill(0xff)]);
  };

  it.each([1, 2, 3, 7, 64, 10_000])('are followed through chunks of %i bytes', (size) => {
    const tooLarge = vi.fn();
    const watch = packetSizes(300, tooLarge);
    const stream = Uint8Array.from([0, 1, 127, 128, 300, 2].flatMap((length) => [...packet(length)]));
    for (let at = 0; at < stream.length; at += size) watch(stream.subarray(at, at + size));
    expect(tooLarge).not.toHaveBeenCalled();
    for (const byte of packet(301).subarray(0, 3)) watch(Uint8Array.of(byte));
    expect(tooLarge).toHaveBeenCalledOnce();
    watch(stream);
    expect(tooLarge).toHaveBeenCalledOnce();
  });

  it('refuse a length of more than four bytes', () => {
    const tooLarge = vi.fn();
    packetSizes(2 ** 40, tooLarge)(Uint8Array.of(0x10, 0x80, 0x80, 0x80, 0x80, 0x01));
    expect(tooLarge).toHaveBeenCalledOnce();
  });
});
