import { useEffect, useRef, type ReactElement } from 'react';
import { useStore } from '../state/studio-context.ts';
import { breathRing } from './geometry.ts';
import { togetherness } from './words.ts';

const RINGS = [0, 1, 2, 3, 4] as const;
const REST_HZ = 0.22;
/** Drawings a second: slow motion needs no more. */
const FRAME_MS = 40;

interface Body {
  depth: number;
  together: number;
  restless: number;
  hertz: number;
}

const approach = (from: number, to: number, by: number): number => from + (to - from) * by;

const readBody = (store: ReturnType<typeof useStore>): Body => {
  const view = store.get().view;
  const frame = view?.frame ?? null;
  if (frame === null) return { depth: 0, together: 1, restless: 0, hertz: REST_HZ };
  return { depth: frame.depth, together: Math.min(1, togetherness(frame) * 2), restless: frame.discord, hertz: frame.breathHz ?? REST_HZ };
};

/**
 * The breathing centre. Five rings breathe at the sleepers' mean rate: in step they are one line, out
 * of step they part; restlessness dents them; the core grows with depth. Written to the drawing
 * directly, as React need not know of each breath.
 */
export const BreathingCentre = (): ReactElement => {
  const store = useStore();
  const rings = useRef<SVGGElement>(null);
  const core = useRef<SVGCircleElement>(null);
  useEffect(() => {
    const still = window.matchMedia('(prefers-reduced-motion: reduce)');
    let body = readBody(store);
    let phase = 0;
    let last = performance.now();
    let handle = 0;
    const draw = (by: number): void => {
      const wanted = readBody(store);
      body = { depth: approach(body.depth, wanted.depth, by), together: approach(body.together, wanted.together, by), restless: approach(body.restless, wanted.restless, by), hertz: approach(body.hertz, wanted.hertz, by) };
      const apart = 1 - body.together;
      [...(rings.current?.children ?? [])].forEach((ring, index) => {
        const swing = Math.sin(2 * Math.PI * (phase - (apart * index) / RINGS.length));
        const rest = still.matches ? (apart * (index - 2)) / 2 : swing;
        ring.setAttribute('d', breathRing(76 + 6 * rest, Math.max(0, body.restless - 0.2) * 2, index * apart + phase * 0.3));
      });
      core.current?.setAttribute('r', String(Math.round((34 + 28 * body.depth + (still.matches ? 0 : 2 * Math.sin(2 * Math.PI * phase))) * 10) / 10));
    };
    const step = (now: number): void => {
      handle = requestAnimationFrame(step);
      const passed = now - last;
      if (passed < (still.matches ? 500 : FRAME_MS)) return;
      last = now;
      phase += (Math.min(passed, 500) / 1000) * body.hertz;
      draw(still.matches ? 1 : 0.05);
    };
    draw(1);
    handle = requestAnimationFrame(step);
    return () => cancelAnimationFrame(handle);
  }, [store]);
  return (
    <g className="centre" aria-hidden="true">
      <circle ref={core} className="centre-core" r={34} fill="url(#core-glow)" />
      <g ref={rings} className="centre-rings">
        {RINGS.map((ring) => (
          <path key={ring} d={breathRing(76, 0, 0)} />
        ))}
      </g>
    </g>
  );
};
