import { encode } from 'cborg';
import { describe, expect, it } from 'vitest';
import { PAYLOAD_BYTES, decodePayload } from '../../../nexus/adapters/payload.ts';
import { collectiveTopic, everyPodTopic, podTopic, podTopicReader } from '../../../nexus/adapters/topics.ts';
import { createTokens } from '../../../nexus/adapters/tokens.ts';
import { podFrame } from '../../support/pods.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

describe('a payload', () => {
  it('is read the same as JSON and as CBOR', () => {
    const frame = podFrame({ dTempC: 0.25, respPhase: 1.5 });
    expect(decodePayload(text(JSON.stringify(frame)))).toEqual({ value: frame });
    expect(decodePayload(encode(frame))).toEqual({ value: frame });
    expect(encode(frame).length).toBeLessThan(text(JSON.stringify(frame)).length);
  });

  it('reads a part of a larger buffer, as sockets give it', () => {
    const whole = text(`xx${JSON.stringify({ live: true })}yy`);
    expect(decodePayload(whole.subarray(2, whole.length - 2))).toEqual({ value: { live: true } });
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['half of an object', text('{"v":1')],
    ['two objects', text('{"v":1}{"v":1}')],
    ['a list', text('[1]')],
    ['a bare number', text('1')],
    ['text', text('hello')],
    ['CBOR: a list', encode([1])],
    ['CBOR: undefined', Uint8Array.of(0xa1, 0x61, 0x61, 0xf7)],
    ['CBOR: not a number', Uint8Array.of(0xa1, 0x61, 0x61, 0xf9, 0x7e, 0x00)],
    ['CBOR: infinity', Uint8Array.of(0xa1, 0x61, 0x61, 0xf9, 0x7c, 0x00)],
    ['CBOR: an integer beyond 2^53', Uint8Array.of(0xa1, 0x61, 0x61, 0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)],
    ['CBOR: a tagged bigint', Uint8Array.of(0xa1, 0x61, 0x61, 0xc2, 0x41, 0x01)],
    ['CBOR: a key twice', Uint8Array.of(0xa2, 0x61, 0x61, 0x01, 0x61, 0x61, 0x02)],
    ['CBOR: a number as key', Uint8Array.of(0xa1, 0x01, 0x01)],
    ['CBOR: endless map', Uint8Array.of(0xbf, 0x61, 0x61, 0x01, 0xff)],
    ['CBOR: bytes after the end', Uint8Array.of(...encode({ a: 1 }), 0)],
    ['CBOR: a list that claims 2^32 entries', Uint8Array.of(0xa1, 0x61, 0x61, 0x9a, 0xff, 0xff, 0xff, 0xff)],
    ['CBOR: 4 000 lists, one in the other', Uint8Array.of(0xa1, 0x61, 0x61, ...Array<number>(4_000).fill(0x81))],
  ])('refuses %s', (_name, bytes) => {
    expect(decodePayload(bytes)).toBe('malformed');
  });

  it('is at most 4 KiB', () => {
    const sized = (bytes: number): Uint8Array => text(`{"a":"${'x'.repeat(bytes - 8)}"}`);
    expect(decodePayload(sized(PAYLOAD_BYTES))).toHaveProperty('value');
    expect(decodePayload(sized(PAYLOAD_BYTES + 1))).toBe('too large');
  });

  it('gives no object another prototype', () => {
    for (const bytes of [text('{"__proto__":{"live":true}}'), encode(JSON.parse('{"__proto__":{"live":true}}'))]) {
      const read = decodePayload(bytes);
      expect(read).toHaveProperty('value');
      if (typeof read !== 'string') expect(Object.getPrototypeOf(read.value)).toBe(Object.prototype);
    }
  });
});

describe('a topic', () => {
  const read = podTopicReader('first-night');
  const sid = '00000000000000a1';

  it('tells whose it is and what it carries', () => {
    for (const verb of ['frame', 'consent', 'bye', 'chant'] as const) expect(read(podTopic('first-night', sid, verb))).toEqual({ sid, verb });
  });

  it.each([
    podTopic('other-night', sid, 'frame'),
    podTopic('first-night', sid.toUpperCase(), 'frame'),
    podTopic('first-night', '0a1', 'frame'),
    `${podTopic('first-night', sid, 'frame')}/more`,
    `${podTopic('first-night', sid, 'frame')}s`,
    `/${podTopic('first-night', sid, 'frame')}`,
    `nexus/v1/first-night/pod/${sid}/`,
    `nexus/v1/first-night/pod/${sid}`,
    everyPodTopic('first-night'),
    collectiveTopic('first-night'),
    '',
    '/'.repeat(60_000),
  ])('is nothing but that: %s', (topic) => {
    expect(read(topic)).toBeNull();
  });
});

describe('joining tokens', () => {
  it('open the circle they were made for, until they are renewed', () => {
    const tokens = createTokens(['one', 'two']);
    const before = tokens.of('two');
    expect(before).toMatch(/^[\w-]{22}$/);
    expect(tokens.of('one')).not.toBe(before);
    expect(tokens.circleOf(before)).toBe('two');
    tokens.renew();
    expect(tokens.circleOf(before)).toBeNull();
    expect(tokens.circleOf(tokens.of('two'))).toBe('two');
  });

  it('are the same again from the same secret, and others from another', () => {
    const secret = new Uint8Array(32).fill(7);
    const first = createTokens(['one', 'two'], secret);
    expect(createTokens(['one'], secret).of('one')).toBe(first.of('one'));
    expect(createTokens(['one']).of('one')).not.toBe(first.of('one'));
    const before = first.of('one');
    first.renew(new Uint8Array(32).fill(8));
    expect(first.circleOf(before)).toBeNull();
    first.renew(secret);
    expect(first.circleOf(before)).toBe('one');
  });

  it('open nothing when they are wrong, empty or endless', () => {
    const tokens = createTokens(['one']);
    for (const wrong of ['', 'one', `${tokens.of('one')} `, tokens.of('one').slice(1), 'x'.repeat(1_000_000)]) expect(tokens.circleOf(wrong)).toBeNull();
    expect(() => tokens.of('three')).toThrow(RangeError);
  });
});
