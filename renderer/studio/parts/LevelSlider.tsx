import type { CSSProperties, ReactElement, ReactNode } from 'react';
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import { useHeld } from './use-held.ts';

interface Props {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly onEnd?: () => void;
  readonly onReset?: () => void;
  readonly id?: string;
  readonly format?: Intl.NumberFormatOptions;
  /** Drawn in the track: a meter, the value that sounds. */
  readonly children?: ReactNode;
}

/** The filled part of the bed, from zero to the thumb. */
const fill = (thumb: number, min: number, max: number): CSSProperties => {
  const zero = min < 0 ? -min / (max - min) : 0;
  return { insetInlineStart: zero === 0 ? undefined : `${Math.min(zero, thumb) * 100}%`, inlineSize: `${Math.abs(thumb - zero) * 100}%` };
};

/** A horizontal slider whose value lives elsewhere. A double click resets it. */
export const LevelSlider = ({ label, value, onChange, min = 0, max = 1, step = 0.01, onEnd, onReset, id, format = { style: 'percent' }, children }: Props): ReactElement => {
  const held = useHeld(value, onChange);
  return (
    <Slider
      className="slider"
      aria-label={label}
      value={held.value}
      minValue={min}
      maxValue={max}
      step={step}
      formatOptions={format}
      onChange={(next: number) => held.move(next)}
      onChangeEnd={() => {
        held.letGo();
        onEnd?.();
      }}
      {...(id === undefined ? {} : { id })}
    >
      <SliderTrack className="slider-track" onDoubleClick={onReset}>
        {({ state }) => (
          <>
            <span className="slider-bed" />
            <span className={min < 0 ? 'slider-fill slider-fill-centred' : 'slider-fill'} style={fill(state.getThumbPercent(0), min, max)} />
            {children}
            <SliderThumb className="slider-thumb" />
          </>
        )}
      </SliderTrack>
    </Slider>
  );
};
