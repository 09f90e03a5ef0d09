import { useRef, type PointerEvent, type ReactElement } from 'react';
import { percent } from '../state/format.ts';
import { useHeld } from './use-held.ts';

interface Props {
  readonly label: string;
  readonly value: number;
  /** Where a reset leads. */
  readonly rest: number;
  readonly onChange: (value: number) => void;
  readonly id?: string;
}

const SWEEP = 135;
/** Pixels of travel from one end to the other; with Shift four times finer. */
const TRAVEL = 160;

const arc = (from: number, to: number): string => {
  const point = (degrees: number): string => `${(26 * Math.sin((degrees * Math.PI) / 180)).toFixed(2)} ${(-26 * Math.cos((degrees * Math.PI) / 180)).toFixed(2)}`;
  const [low, high] = from < to ? [from, to] : [to, from];
  return `M${point(low)}A26 26 0 ${high - low > 180 ? 1 : 0} 1 ${point(high)}`;
};

/**
 * A knob: a range input in a knob's dress, so that keys and assistive technology find a slider. The
 * pointer turns it by moving, not by where it lands: a press alone changes nothing.
 */
export const Knob = ({ label, value, rest, onChange, id }: Props): ReactElement => {
  const held = useHeld(value, onChange);
  const drag = useRef<{ readonly y: number; readonly x: number; readonly from: number } | null>(null);
  const angle = (held.value * 2 - 1) * SWEEP;
  const begin = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { y: event.clientY, x: event.clientX, from: held.value };
  };
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    if (drag.current === null) return;
    const travel = drag.current.y - event.clientY + (event.clientX - drag.current.x);
    held.move(Math.min(1, Math.max(0, drag.current.from + travel / (TRAVEL * (event.shiftKey ? 4 : 1)))));
  };
  const end = (): void => {
    drag.current = null;
    held.letGo();
  };
  return (
    <div className="knob" onPointerDown={begin} onPointerMove={move} onPointerUp={end} onPointerCancel={end} onDoubleClick={() => onChange(rest)}>
      <input
        className="knob-input"
        type="range"
        aria-label={label}
        aria-valuetext={percent(held.value)}
        min={0}
        max={1}
        step={0.01}
        value={held.value}
        {...(id === undefined ? {} : { id })}
        onChange={(event) => {
          held.move(Number(event.currentTarget.value));
          held.letGo();
        }}
      />
      <svg viewBox="-34 -34 68 68" aria-hidden="true">
        <path className="knob-bed" d={arc(-SWEEP, SWEEP)} />
        <path className="knob-value" d={arc((rest * 2 - 1) * SWEEP, angle)} />
        <line className="knob-hand" x1="0" y1="-12" x2="0" y2="-21" transform={`rotate(${angle})`} />
      </svg>
    </div>
  );
};
