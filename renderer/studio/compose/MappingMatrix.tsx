import { useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { PARAMETERS, type Mapping, type Parameter, type Score } from '../../../core/score/schema.ts';
import { SIGNALS, readSignal, type Signal } from '../../../core/signal/collective-frame.ts';
import { signedPercent } from '../state/format.ts';
import { useStudio } from '../state/studio-context.ts';
import { text } from '../text/text.ts';
import { curvePath } from './curve-path.ts';

interface Props {
  readonly score: Score;
  readonly layer: string;
  readonly chosen: string | null;
  readonly onOpen: (mapping: Mapping) => void;
  readonly onAdd: (signal: Signal, parameter: Parameter) => void;
}

const MOVES: Readonly<Record<string, readonly [number, number]>> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

const SignalNow = ({ signal }: { readonly signal: Signal }): ReactElement => {
  const value = useStudio((state) => (state.view?.frame == null ? null : Math.round(readSignal(state.view.frame, signal) * 100)));
  return <span className="signal-now" aria-hidden="true"><span style={{ inlineSize: `${value ?? 0}%` }} /></span>;
};

const Cell = ({ mapping, signal, parameter, onPress, onKeyDown, focusable, chosen }: { readonly mapping: Mapping | undefined; readonly signal: Signal; readonly parameter: Parameter; readonly onPress: () => void; readonly onKeyDown: (event: KeyboardEvent) => void; readonly focusable: boolean; readonly chosen: boolean }): ReactElement => {
  const names = [text.signals[signal].name, text.parameters[parameter].toLowerCase()] as const;
  const label = mapping === undefined ? text.compose.cellEmpty(...names) : text.compose.cellFull(...names, signedPercent(mapping.range[0]), signedPercent(mapping.range[1]));
  return (
    <button type="button" className={mapping === undefined ? 'cell' : chosen ? 'cell cell-full cell-chosen' : 'cell cell-full'} tabIndex={focusable ? 0 : -1} aria-label={label} onClick={onPress} onKeyDown={onKeyDown}>
      {mapping === undefined ? (
        <span className="cell-plus" aria-hidden="true">+</span>
      ) : (
        <>
          <svg viewBox="-1 -1 26 18" className="cell-curve" aria-hidden="true"><path d={curvePath(mapping)} /></svg>
          <span aria-hidden="true">{signedPercent(Math.abs(mapping.range[1]) >= Math.abs(mapping.range[0]) ? mapping.range[1] : mapping.range[0])}</span>
        </>
      )}
    </button>
  );
};

/** Signals by parameters of one layer. One stop for Tab; arrow keys walk the cells. */
export const MappingMatrix = ({ score, layer, chosen, onOpen, onAdd }: Props): ReactElement => {
  const [at, setAt] = useState<readonly [number, number]>([0, 0]);
  const body = useRef<HTMLTableSectionElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = MOVES[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const row = Math.min(SIGNALS.length - 1, Math.max(0, at[0] + by[0]));
    const column = Math.min(PARAMETERS.length - 1, Math.max(0, at[1] + by[1]));
    setAt([row, column]);
    body.current?.rows[row]?.querySelectorAll('button')[column]?.focus();
  };
  return (
    <table className="matrix" aria-label={text.compose.matrix}>
      <thead>
        <tr>
          <th scope="col"><span className="unseen">{text.compose.ruleSignal}</span></th>
          {PARAMETERS.map((parameter) => <th key={parameter} scope="col">{text.parameters[parameter]}</th>)}
        </tr>
      </thead>
      <tbody ref={body}>
        {SIGNALS.map((signal, row) => (
          <tr key={signal}>
            <th scope="row" title={text.signals[signal].means}>
              {text.signals[signal].name}
              <SignalNow signal={signal} />
            </th>
            {PARAMETERS.map((parameter, column) => {
              const mapping = score.mappings.find((entry) => entry.layer === layer && entry.signal === signal && entry.parameter === parameter);
              return (
                <td key={parameter} onFocus={() => setAt([row, column])}>
                  <Cell mapping={mapping} signal={signal} parameter={parameter} focusable={at[0] === row && at[1] === column} chosen={mapping !== undefined && mapping.id === chosen} onKeyDown={onKeyDown} onPress={() => (mapping === undefined ? onAdd(signal, parameter) : onOpen(mapping))} />
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
