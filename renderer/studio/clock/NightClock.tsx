import { memo, useMemo, type ReactElement } from 'react';
import { sameContent, useStudio } from '../state/studio-context.ts';
import { sceneName } from '../state/rule-words.ts';
import { text } from '../text/text.ts';
import { BreathingCentre } from './BreathingCentre.tsx';
import { DAWN, DUSK, INWARD_OUT, RING, SCENE_RADIUS, angleAt, arcPath, bandPath, faceMinutes, plannedArcs, playedArcs, pointAt, stagePaths, type SceneArc } from './geometry.ts';
import { NextScene, useNext } from './NextScene.tsx';
import { StagePatterns } from './StagePatterns.tsx';
import { clockWords, type ClockWords } from './words.ts';
import { STAGES } from '../../../core/signal/stages.ts';

const useWords = (): ClockWords | null => useStudio((state) => (state.view === null || state.view.frame === null || state.view.frame.gated ? null : clockWords(state.view.frame)), sameContent);

const useDescription = (): string => {
  const words = useWords();
  const next = useNext();
  const gated = useStudio((state) => state.view?.frame?.gated === true);
  if (words === null) return `${text.clock.name}. ${gated ? `${text.clock.gated}. ${text.clock.gatedMore}` : text.clock.waiting}`;
  return `${text.clock.name}. ${text.clock.described(words.deep, words.together, words.restless, `${words.dream}%`, next.words)}`;
};

const Hours = ({ minutes }: { readonly minutes: number }): ReactElement => (
  <g className="clock-hours">
    {Array.from({ length: Math.floor(minutes / 60) + 1 }, (_, hour) => {
      const angle = angleAt((hour * 60) / minutes);
      const inner = pointAt(angle, RING.outer + 2);
      const outer = pointAt(angle, RING.outer + 6);
      return <line key={hour} x1={inner.x} y1={inner.y} x2={outer.x} y2={outer.y} />;
    })}
  </g>
);

const SceneArcs = ({ arcs, labels }: { readonly arcs: readonly SceneArc[]; readonly labels: boolean }): ReactElement => {
  const score = useStudio((state) => state.document?.score ?? null);
  return (
    <g className="clock-scenes">
      {arcs.map((arc) => {
        const from = angleAt(arc.from) + 0.6;
        const to = Math.max(from + 0.4, angleAt(arc.to) - 0.6);
        const middle = (from + to) / 2;
        const label = pointAt(middle, SCENE_RADIUS + 12);
        return (
          <g key={`${arc.scene} ${arc.from}`} className={arc.played ? 'scene-played' : 'scene-planned'}>
            <path d={arcPath(from, to, SCENE_RADIUS)} />
            {labels && to - from > 9 && score !== null && (
              <text x={label.x} y={label.y} textAnchor={Math.abs(middle) < 14 ? 'middle' : middle < 0 ? 'end' : 'start'} dominantBaseline="middle">
                {sceneName(score, arc.scene)}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
};

const Rings = memo(({ small }: { readonly small: boolean }): ReactElement => {
  const night = useStudio((state) => state.night);
  const scenes = useStudio((state) => state.document?.score.scenes.map(({ id, arc }) => ({ id, arc })) ?? [], sameContent);
  const minutes = faceMinutes(night);
  const heard = useStudio((state) => (state.view?.frame == null ? 0 : Math.floor(state.view.frame.t / 6e7)));
  const now = Math.max(heard, night.length === 0 ? 0 : (night[night.length - 1]?.minute ?? 0) + 1) / minutes;
  const paths = useMemo(() => stagePaths(night, minutes), [night, minutes]);
  const arcs = useMemo(() => [...playedArcs(night, minutes), ...plannedArcs(scenes, now)], [night, minutes, scenes, now]);
  const hand = [pointAt(angleAt(now), RING.inner - 4), pointAt(angleAt(now), SCENE_RADIUS + 4)] as const;
  return (
    <g aria-hidden="true">
      <path className="clock-bed" d={bandPath(DUSK, DAWN, RING.inner, RING.outer)} />
      {paths.map((path, level) => {
        const stage = STAGES[INWARD_OUT[level] ?? 0];
        return path === '' ? null : (
          <g key={stage}>
            <path className={`stage stage-${stage}`} d={path} />
            <path className="stage-texture" d={path} fill={`url(#texture-${stage})`} />
          </g>
        );
      })}
      {!small && <Hours minutes={minutes} />}
      <SceneArcs arcs={arcs} labels={!small} />
      <line className="clock-hand" x1={hand[0].x} y1={hand[0].y} x2={hand[1].x} y2={hand[1].y} />
    </g>
  );
});

const CentreWords = (): ReactElement => {
  const words = useWords();
  const frameless = useStudio((state) => state.view?.frame == null);
  const gated = useStudio((state) => state.view?.frame?.gated === true);
  const lines = words !== null ? [words.together, words.restless] : [];
  const head = words?.deep ?? '';
  const quiet = words !== null ? [] : gated ? text.clock.gatedLines : frameless ? text.clock.waitingLines : [];
  return (
    <g className="clock-words" aria-hidden="true" textAnchor="middle">
      <text className="clock-deep" y={-4}>
        {head}
      </text>
      {quiet.map((line, index) => (
        <text key={index} className="clock-quiet" y={-2 + index * 17}>
          {line}
        </text>
      ))}
      {lines.map((line, index) => (
        <text key={index} className="clock-line" y={16 + index * 16}>
          {line}
        </text>
      ))}
    </g>
  );
};

/** The picture of the collective: rings of stage shares from dusk to dawn, scenes as arcs, a breathing centre, and what comes next at the foot. */
export const NightClock = ({ small = false }: { readonly small?: boolean }): ReactElement => {
  const description = useDescription();
  return (
    <figure className={small ? 'night-clock night-clock-small' : 'night-clock'} role="img" aria-label={description}>
      <svg viewBox={small ? '-176 -176 352 340' : '-250 -196 500 386'} aria-hidden="true" focusable="false">
        <StagePatterns />
        <Rings small={small} />
        <BreathingCentre />
        {!small && <CentreWords />}
        {!small && (
          <g className="clock-ends" aria-hidden="true">
            <text x={-52} y={114} textAnchor="start">{text.clock.dusk}</text>
            <text x={52} y={114} textAnchor="end">{text.clock.dawn}</text>
          </g>
        )}
        {!small && <NextScene />}
      </svg>
    </figure>
  );
};
