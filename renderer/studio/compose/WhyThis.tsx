import { useRef, useState, type ReactElement } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { ScoreEvent } from '../../../core/events/event.ts';
import type { Score } from '../../../core/score/schema.ts';
import { Panel } from '../parts/Panel.tsx';
import { clockTime, percent } from '../state/format.ts';
import { useStudio } from '../state/studio-context.ts';
import { text } from '../text/text.ts';
import { causeWords, eventKey, eventWords, layerName, signalName } from './event-words.ts';

const SHOWN = 40;

const Cause = ({ event, score }: { readonly event: ScoreEvent; readonly score: Score }): ReactElement => {
  const signals = Object.entries(event.cause.signals ?? {});
  return (
    <div className="cause">
      <p className="cause-head">{eventWords(event)}</p>
      <p className="hint">{layerName(event, score)} · {clockTime(event.t / 1e6)}</p>
      <p className="cause-rule">{text.compose.whyMade(causeWords(event.cause.rule, score))}</p>
      {signals.length === 0 ? (
        <p className="hint">{text.compose.whyNoSignals}</p>
      ) : (
        <dl className="cause-signals">
          {signals.map(([signal, value]) => (
            <div key={signal}>
              <dt>{signalName(signal)}</dt>
              <dd>
                <span className="signal-now" aria-hidden="true"><span style={{ inlineSize: `${Math.min(1, Math.max(0, value)) * 100}%` }} /></span>
                {percent(value)}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
};

/** The latest events; a chosen one tells its cause. While a hand or the focus is in the list it stands still. */
export const WhyThis = ({ score }: { readonly score: Score }): ReactElement => {
  const events = useStudio((state) => state.events);
  const [chosen, setChosen] = useState<ScoreEvent | null>(null);
  const [held, setHeld] = useState<readonly ScoreEvent[] | null>(null);
  const inside = useRef({ hand: false, focus: false });
  const hold = (change: Partial<{ hand: boolean; focus: boolean }>): void => {
    inside.current = { ...inside.current, ...change };
    const still = inside.current.hand || inside.current.focus;
    setHeld((before) => (still ? (before ?? events) : null));
  };
  const shown = (held ?? events).filter((event) => event.kind !== 'control').slice(-SHOWN).reverse();
  const keys = new Map(shown.map((event) => [eventKey(event), event]));
  return (
    <Panel title={text.compose.why} className="why" hint={text.compose.whyHint}>
      {shown.length === 0 ? (
        <p className="why-empty">{text.compose.whyEmpty}</p>
      ) : (
        <div className="why-list-bed" onPointerEnter={() => hold({ hand: true })} onPointerLeave={() => hold({ hand: false })} onFocus={() => hold({ focus: true })} onBlur={() => hold({ focus: false })}>
          <ListBox
            className="why-list"
            aria-label={text.compose.why}
            selectionMode="single"
            selectedKeys={chosen === null ? [] : [eventKey(chosen)]}
            onSelectionChange={(selection) => setChosen(selection === 'all' ? null : (keys.get(String([...selection][0] ?? '')) ?? null))}
          >
            {[...keys].map(([key, event]) => (
              <ListBoxItem key={key} id={key} className={`why-item why-${event.kind}`} textValue={eventWords(event)}>
                <span className="why-time">{clockTime(event.t / 1e6)}</span>
                <span className="why-layer">{layerName(event, score)}</span>
                <span>{eventWords(event)}</span>
              </ListBoxItem>
            ))}
          </ListBox>
        </div>
      )}
      {chosen === null ? <p className="hint">{text.compose.whyNone}</p> : <Cause event={chosen} score={score} />}
    </Panel>
  );
};
