import type { ReactElement } from 'react';
import { Choice } from '../parts/Choice.tsx';
import { Panel } from '../parts/Panel.tsx';
import { HealthMark, type Condition } from '../parts/HealthMark.tsx';
import { decibels } from '../state/format.ts';
import { sameContent, useActions, useStudio } from '../state/studio-context.ts';
import { text } from '../text/text.ts';

const SOUND: Record<'off' | 'running' | 'silent' | 'failed', Condition> = { off: 'rest', running: 'good', silent: 'care', failed: 'bad' };
const MIDI: Record<'off' | 'running' | 'none' | 'denied', Condition> = { off: 'rest', running: 'good', none: 'rest', denied: 'care' };
const SIGNAL: Record<'none' | 'live' | 'late' | 'lost', Condition> = { none: 'rest', live: 'good', late: 'care', lost: 'bad' };

/** One line of health. While the engine is gone nothing is known, and the last that was known is not passed off as now. */
const Line = ({ name, condition, state, more }: { readonly name: string; readonly condition: Condition; readonly state: string; readonly more: string }): ReactElement => {
  const lost = useStudio((studio) => studio.engine === 'lost');
  const shown = lost ? 'bad' : condition;
  return (
    <li className={`health-line health-${shown}`}>
      <HealthMark condition={shown} />
      <span className="health-name">{name}</span>
      <span className="health-state">{lost ? text.health.unknown : state}</span>
      {!lost && more !== '' && <span className="health-more">{more}</span>}
    </li>
  );
};

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ');
const NO_CLOCK = 'none';

/** Signal, sound and MIDI, each in words with a mark. */
export const Health = (): ReactElement => {
  const actions = useActions();
  const sound = useStudio((state) => state.view === null ? null : { ...state.view.sound, masterDb: Math.round(state.view.sound.masterDb) }, sameContent);
  const midi = useStudio((state) => state.view?.midi ?? null, sameContent);
  const signals = useStudio((state) => state.view === null ? null : { ...state.view.signals, ageMs: null }, sameContent);
  const outputs = midi?.outputs.filter((port) => port.connected) ?? [];
  const signalState = signals?.state ?? 'none';
  const soundState = sound?.state ?? 'off';
  const midiState = midi?.state ?? 'off';
  return (
    <Panel
      title={text.perform.health}
      className="health"
      aside={
        outputs.length > 0 && (
          <div className="clock-to">
            <Choice label={text.midi.clockTo} value={midi?.clockTo ?? NO_CLOCK} options={[{ id: NO_CLOCK, name: text.midi.clockNone }, ...outputs.map((port) => ({ id: port.name, name: port.name }))]} onChange={(port) => actions.clock(port === NO_CLOCK ? null : port)} />
          </div>
        )
      }
    >
      <ul className="health-lines">
        <Line name={text.health.signal} condition={SIGNAL[signalState]} state={text.health.signalStates[signalState]} more={joined(signals === null || signals.pods === 0 ? '' : text.clock.pods(signals.pods), signals?.gated === true ? text.clock.gated : '', text.health.signalHelp[signalState])} />
        <Line name={text.health.sound} condition={SOUND[soundState]} state={text.health.soundStates[soundState]} more={joined(soundState === 'running' ? decibels(sound?.masterDb ?? -120) : text.health.soundHelp[soundState], soundState === 'failed' ? (sound?.detail ?? '') : '', (sound?.late ?? 0) > 0 ? text.health.late(sound?.late ?? 0) : '')} />
        <Line name={text.health.midi} condition={MIDI[midiState]} state={text.health.midiStates[midiState]} more={joined(midiState === 'running' && midi !== null ? text.health.ports(midi.inputs.filter((port) => port.connected).length, outputs.length) : '', text.health.midiHelp[midiState])} />
      </ul>
    </Panel>
  );
};
