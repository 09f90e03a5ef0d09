/** The page's own parts: what a phone makes of touch, motion, taps, and of a line that breaks. */
import { describe, expect, it } from 'vitest';
import { parsePodFrame } from '../../../core/signal/pod-frame.ts';
import type { ToPage } from '../../../nexus/adapters/page/messages.ts';
import { PER_MINUTE, paced } from '../../../nexus/page/guide.ts';
import { createLine, type Line, type LineState, type Socket } from '../../../nexus/page/line.ts';
import { createMotionMeter } from '../../../nexus/page/motion-meter.ts';
import { CONSENT_MS, SID_MS, createPod, randomHex } from '../../../nexus/page/pod.ts';
import { statusOf, type Heard } from '../../../nexus/page/status.ts';
import { createTapping, humStrength } from '../../../nexus/page/tapping.ts';
import { createTouchBreath, type TouchBreath } from '../../../nexus/page/touch-breath.ts';
import { words } from '../../../nexus/page/words.ts';
import { fakeClock } from '../../support/fake-clock.ts';

/** Breathes by touch from `start` on; returns where the last out-breath ends. */
const breathe = (breath: TouchBreath, start: number, times: number, inward = 2_000, outward = 3_000): number => {
  let at = start;
  for (let i = 0; i < times; i += 1) {
    breath.press(at);
    breath.release(at + inward);
    at += inward + outward;
  }
  return at;
};

describe('breath from touch', () => {
  it('knows nothing before one whole breath, then rate and phase', () => {
    const breath = createTouchBreath();
    expect(breath.read(0)).toBeNull();
    breathe(breath, 0, 1);
    expect(breath.read(4_000)).toBeNull();
    const at = breathe(breath, 5_000, 3);
    breath.press(at);
    expect(breath.read(at)).toMatchObject({ respHz: 0.2, respPhase: 0 });
    expect(breath.read(at + 1_000)?.respPhase).toBeCloseTo(Math.PI / 2, 6);
    breath.release(at + 2_000);
    expect(breath.read(at + 2_000)?.respPhase).toBeCloseTo(Math.PI, 6);
    expect(breath.read(at + 3_500)?.respPhase).toBeCloseTo(1.5 * Math.PI, 6);
  });

  it('never runs past the end of the breath it is in', () => {
    const breath = createTouchBreath();
    const at = breathe(breath, 0, 4);
    breath.press(at);
    expect(breath.read(at + 4_000)?.respPhase).toBeLessThan(Math.PI);
    breath.release(at + 4_000);
    expect(breath.read(at + 9_000)?.respPhase).toBeLessThan(2 * Math.PI);
  });

  it('is trusted more with more breaths, less with uneven ones, and not at all without touch', () => {
    const trusted = (times: number): number => {
      const breath = createTouchBreath();
      const at = breathe(breath, 0, times);
      breath.press(at);
      return breath.read(at)?.quality ?? 0;
    };
    expect([1, 2, 3, 4, 8].map(trusted).map((value) => Number(value.toFixed(2)))).toEqual([0.4, 0.6, 0.8, 1, 1]);
    const uneven = createTouchBreath();
    let at = 0;
    for (const outward of [1_000, 6_000, 1_500, 7_000]) at = breathe(uneven, at, 1, 1_000, outward);
    uneven.press(at);
    expect(uneven.read(at)?.quality).toBeLessThan(0.7);
    const left = createTouchBreath();
    const end = breathe(left, 0, 5);
    expect(left.read(end)?.quality).toBe(1);
    expect(left.read(end + 3_000)?.respPhase).toBeNull();
    expect(left.read(end + 8_000)?.quality).toBeLessThan(0.6);
    expect(left.read(end + 15_000)).toBeNull();
    expect(left.read(end)).toBeNull();
  });

  it('takes taps and forgotten fingers for no breath', () => {
    const taps = createTouchBreath();
    breathe(taps, 0, 10, 100, 300);
    expect(taps.read(4_000)).toBeNull();
    const forgotten = createTouchBreath();
    const at = breathe(forgotten, 0, 4);
    forgotten.press(at + 60_000);
    expect(forgotten.read(at + 60_000)).toBeNull();
  });
});

describe('motion', () => {
  const fed = (sway: (seconds: number) => number): number | null => {
    const meter = createMotionMeter();
    for (let at = 0; at <= 5_000; at += 20) meter.add(0.3, 9.75 + sway(at / 1_000), 0.9, at);
    return meter.read(5_000);
  };

  it('is nothing for a phone that lies still, however it lies, and all for a body that turns', () => {
    expect(fed(() => 0)).toBe(0);
    expect(fed((t) => 0.02 * Math.sin(40 * t))).toBe(0);
    const stirring = fed((t) => 0.5 * Math.sin(9 * t)) ?? 0;
    expect(stirring).toBeGreaterThan(0.2);
    expect(stirring).toBeLessThan(0.5);
    expect(fed((t) => 4 * Math.sin(9 * t))).toBe(1);
  });

  it('is unknown where no samples come, and never made of what is no number', () => {
    const meter = createMotionMeter();
    expect(meter.read(0)).toBeNull();
    meter.add(0, 9.8, 0, 0);
    meter.add(Number.NaN, 0, 0, 20);
    expect(meter.read(100)).toBe(0);
    expect(meter.read(3_000)).toBeNull();
  });
});

describe('the pod', () => {
  const consent = { record: false, publish: true, expiresAt: CONSENT_MS };
  const felt = { resting: false, breath: null, motion: null };

  it('makes frames that the Nexus takes, with what is not known left unknown', () => {
    const pod = createPod();
    const plain = parsePodFrame(pod.frame(felt, consent, 5_000));
    expect(plain).toMatchObject({ seq: 1, tMono: 0, pStage: [1, 0, 0, 0, 0], respHz: null, motion: null, bands: null, hrBpm: null, q: { hr: 0, resp: 0, motion: 0 } });
    expect(plain.consent).toEqual({ live: true, record: false, soloVoice: false, publish: true, expiresAt: CONSENT_MS });
    const breath = { respHz: 0.123_456_7, respPhase: 2 * Math.PI - 1e-9, quality: 0.9 };
    const full = parsePodFrame(pod.frame({ resting: true, breath, motion: 0.333_333 }, consent, 6_000));
    expect(full).toMatchObject({ seq: 2, tMono: 1_000, pStage: [0.5, 0.35, 0.15, 0, 0], respHz: 0.1235, motion: 0.3333, q: { resp: 0.9, motion: 1 } });
    expect(full.respPhase).toBeLessThan(2 * Math.PI);
    expect(JSON.stringify(full).length).toBeLessThan(600);
  });

  it('takes another sid each half hour that has nothing in common with the one before', () => {
    const pod = createPod();
    const first = pod.frame(felt, consent, 1_000);
    const last = pod.frame(felt, consent, 1_000 + SID_MS - 1);
    const next = pod.frame(felt, consent, 1_000 + SID_MS);
    expect(last.sid).toBe(first.sid);
    expect(next.sid).not.toBe(first.sid);
    expect(next).toMatchObject({ seq: 1, tMono: 0, epochIdx: 0 });
    expect(pod.sid).toBe(next.sid);
    expect(randomHex(16)).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('the chant', () => {
  it('grows with taps and fades; silence and a full voice are the ends of a hum', () => {
    const tapping = createTapping();
    expect(tapping.strength(0)).toBe(0);
    tapping.tap(0);
    expect(tapping.strength(0)).toBe(0.55);
    tapping.tap(200);
    tapping.tap(400);
    expect(tapping.strength(400)).toBe(1);
    expect(tapping.strength(3_000)).toBeLessThan(0.1);
    expect([0, 0.001, 10 ** (-32 / 20), 0.5].map(humStrength)).toEqual([0, 0, expect.closeTo(0.5, 6), 1]);
  });
});

describe('the guide', () => {
  it('fills in four tenths of a breath and empties in six, as often as it says', () => {
    for (const pace of ['slow', 'gentle'] as const) {
      const period = 60_000 / PER_MINUTE[pace];
      expect(paced(pace, 0)).toEqual({ inward: true, fill: 0 });
      expect(paced(pace, 0.4 * period)).toMatchObject({ inward: false, fill: expect.closeTo(1, 6) });
      expect(paced(pace, 0.999_999 * period).fill).toBeLessThan(0.001);
      expect(paced(pace, 7 * period + 100)).toEqual(paced(pace, 100));
    }
  });
});

/** A browser's WebSocket by hand. */
const byHand = () => {
  const listeners: { readonly type: string; readonly call: (event: { readonly data: unknown }) => void }[] = [];
  const sent: string[] = [];
  let closed = false;
  const socket: Socket = {
    addEventListener: (type: string, call: (event: { readonly data: unknown }) => void) => void listeners.push({ type, call }),
    send: (text) => void sent.push(text),
    close: () => {
      closed = true;
    },
  };
  const fire = (type: string, data?: unknown): void => listeners.filter((each) => each.type === type).forEach(({ call }) => call({ data }));
  return { socket, sent, fire, hear: (message: ToPage) => fire('message', JSON.stringify(message)), isClosed: () => closed };
};

describe('the line to the Nexus', () => {
  const make = () => {
    const clock = fakeClock();
    const sockets: ReturnType<typeof byHand>[] = [];
    const states: LineState['kind'][] = [];
    const heard: ToPage[] = [];
    const line: Line = createLine({
      clock, token: 'open', key: 'k', chance: () => 1,
      connect: () => {
        const own = byHand();
        sockets.push(own);
        return own.socket;
      },
      onState: ({ kind }) => states.push(kind),
      onMessage: (message) => heard.push(message),
    });
    const last = (): ReturnType<typeof byHand> => sockets.at(-1) ?? byHand();
    const welcome = (): void => {
      last().fire('open');
      last().hear({ kind: 'welcome', gathering: 'dawn', circle: 'one' });
    };
    return { clock, sockets, states, heard, line, last, welcome };
  };

  it('shows its token first and says nothing before it is welcome', () => {
    const { line, last, welcome, states } = make();
    expect(line.send({ kind: 'chant', strength: 1 })).toBe(false);
    last().fire('open');
    expect(last().sent.map((text) => JSON.parse(text))).toEqual([{ kind: 'hello', v: 1, token: 'open', key: 'k' }]);
    welcome();
    expect(line.send({ kind: 'chant', strength: 1 })).toBe(true);
    expect(states).toEqual(['open']);
  });

  it('comes back after 1, 2, 4 ... 60 s, at once when hurried, and starts anew once welcome', () => {
    const { clock, sockets, last, line, welcome } = make();
    for (const wait of [1, 2, 4, 8, 16, 32, 60, 60]) {
      last().fire('close');
      expect(line.state.kind).toBe('waiting');
      const before = sockets.length;
      clock.advance(wait * 1_000 - 1);
      expect(sockets).toHaveLength(before);
      clock.advance(1);
      expect(sockets).toHaveLength(before + 1);
    }
    last().fire('close');
    line.hurry();
    welcome();
    expect(line.state.kind).toBe('open');
    last().fire('close');
    const before = sockets.length;
    clock.advance(1_000);
    expect(sockets).toHaveLength(before + 1);
    expect(sockets.slice(0, -1).every((each) => each.isClosed())).toBe(true);
  });

  it('gives up on a line that does not answer, on one that never opens, and on a token that opens nothing', () => {
    const silent = make();
    silent.welcome();
    silent.line.send({ kind: 'chant', strength: 1 });
    silent.clock.advance(9_000);
    expect(silent.line.send({ kind: 'chant', strength: 1 })).toBe(false);
    expect(silent.line.state.kind).toBe('waiting');

    const stuck = make();
    stuck.clock.advance(10_000);
    expect(stuck.line.state.kind).toBe('waiting');

    const shut = make();
    shut.last().fire('open');
    shut.last().hear({ kind: 'no way in' });
    shut.last().fire('close');
    shut.clock.advance(600_000);
    expect(shut.sockets).toHaveLength(1);
    expect(shut.line.state.kind).toBe('shut');
  });

  it('takes nonsense for nothing, and hears no socket that it left', () => {
    const { last, heard, sockets, clock } = make();
    for (const data of ['{', '7', 'null', '{"kind":7}', new ArrayBuffer(3), undefined]) last().fire('message', data);
    expect(heard).toEqual([]);
    last().fire('close');
    clock.advance(1_000);
    sockets[0]?.hear({ kind: 'welcome', gathering: 'old', circle: 'one' });
    expect(heard).toEqual([]);
  });
});

describe('the status', () => {
  const heard = (changes: Partial<Heard> = {}): Heard => ({ pod: true, chant: false, frame: 'taken', chanting: null, crowd: { atLeast: 10, heard: true }, ...changes });
  const open: LineState = { kind: 'open' };

  it('says heard only where the guard took the frame and the gate is open', () => {
    expect(statusOf(open, heard())).toEqual({ mark: 'heard', text: 'You are heard, with at least 10 pods.' });
    const others = [heard({ crowd: { atLeast: 0, heard: false } }), heard({ crowd: { atLeast: 5, heard: false } }), heard({ frame: 'waiting' }), heard({ frame: null }), heard({ frame: 'too fast' }), heard({ pod: false })];
    for (const other of others) expect(statusOf(open, other).mark).not.toBe('heard');
    expect(statusOf(open, heard({ pod: false })).text).toBe(words.status.nothingSent);
    for (const kind of ['connecting', 'waiting', 'shut', 'closed'] as const) expect(statusOf({ kind }, heard()).mark).not.toBe('heard');
  });

  it('of a chant alone follows the chant', () => {
    expect(statusOf(open, heard({ pod: false, chant: true, chanting: 'taken' })).text).toBe(words.status.chantTaken);
    expect(statusOf(open, heard({ pod: false, chant: true })).text).toBe(words.status.chantReady);
    expect(statusOf(open, heard({ pod: false, chant: true, chanting: 'too fast' })).mark).toBe('trouble');
  });
});
