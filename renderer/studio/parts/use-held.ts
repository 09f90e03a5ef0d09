import { useEffect, useRef, useState } from 'react';

/** How long a control shows the hand's value after the hand let go, until the engine's answer has come. */
const SETTLE_MS = 350;

export interface Held {
  readonly value: number;
  readonly move: (value: number) => void;
  readonly letGo: () => void;
}

/** The value of a control that is moved here and lives elsewhere: while a hand holds it, the hand's value is shown. */
export const useHeld = (value: number, send: (value: number) => void): Held => {
  const [held, setHeld] = useState<number | null>(null);
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const settle = (): void => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setHeld(null), SETTLE_MS);
  };
  return {
    value: held ?? value,
    move: (next) => {
      window.clearTimeout(timer.current);
      setHeld(next);
      send(next);
    },
    letGo: settle,
  };
};
