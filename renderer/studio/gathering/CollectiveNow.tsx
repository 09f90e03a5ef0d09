import type { ReactElement } from 'react';
import { SIGNALS, readSignal } from '../../../core/signal/collective-frame.ts';
import { StageLegend } from '../clock/StageLegend.tsx';
import { EmptyState } from '../parts/EmptyState.tsx';
import { HealthMark } from '../parts/HealthMark.tsx';
import { Panel } from '../parts/Panel.tsx';
import { percent } from '../state/format.ts';
import { sameContent, useStudio } from '../state/studio-context.ts';
import { text } from '../text/text.ts';

const MEASURES = SIGNALS.filter((signal) => !signal.startsWith('share'));

/** What the pods say together, each measure with what it means. Never one sleeper alone. */
export const CollectiveNow = (): ReactElement => {
  const now = useStudio((state) => {
    const frame = state.view?.frame ?? null;
    return frame === null ? null : { n: frame.n, gated: frame.gated, heart: frame.heartBpm === null ? null : Math.round(frame.heartBpm), breath: frame.breathHz === null ? null : Math.round(frame.breathHz * 600) / 10, values: MEASURES.map((signal) => Math.round(readSignal(frame, signal) * 100) / 100) };
  }, sameContent);
  const health = useStudio((state) => state.view?.signals.state ?? 'none');
  if (now === null) {
    return (
      <Panel title={text.gathering.measures}>
        <EmptyState title={text.gathering.empty} more={text.gathering.emptyMore} />
      </Panel>
    );
  }
  return (
    <Panel title={text.gathering.measures} className="collective">
      <p className="collective-head">
        <HealthMark condition={health === 'live' ? 'good' : health === 'none' ? 'rest' : 'care'} />
        <strong>{text.clock.pods(now.n)}</strong>
        <span>{text.health.signalStates[health]}</span>
        {now.gated && <span>{text.clock.gated}</span>}
      </p>
      <p className="hint">{text.gathering.gate}</p>
      <dl className="measures">
        {MEASURES.map((signal, index) => (
          <div key={signal}>
            <dt>
              {text.signals[signal].name}
              <span className="hint">{text.signals[signal].means}</span>
            </dt>
            <dd>
              <span className="signal-now" aria-hidden="true"><span style={{ inlineSize: `${(now.values[index] ?? 0) * 100}%` }} /></span>
              {percent(now.values[index] ?? 0)}
            </dd>
          </div>
        ))}
        <div>
          <dt>{text.gathering.heart}</dt>
          <dd><span />{now.heart === null ? text.gathering.unknown : `${now.heart} ${text.gathering.aMinute}`}</dd>
        </div>
        <div>
          <dt>{text.gathering.breath}</dt>
          <dd><span />{now.breath === null ? text.gathering.unknown : `${now.breath} ${text.gathering.aMinute}`}</dd>
        </div>
      </dl>
      <StageLegend />
    </Panel>
  );
};
