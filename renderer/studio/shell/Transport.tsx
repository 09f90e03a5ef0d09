import type { ReactElement } from 'react';
import { startOf } from '../gathering/source-start.ts';
import { ControlMenu, type Learnable } from '../parts/ControlMenu.tsx';
import { PushButton } from '../parts/PushButton.tsx';
import { clockTime } from '../state/format.ts';
import { sceneName } from '../state/rule-words.ts';
import { sameContent, useActions, useStudio } from '../state/studio-context.ts';
import { shortcutKeys } from '../text/shortcuts.ts';
import { text } from '../text/text.ts';

const STOPS: readonly Learnable[] = [
  { target: { kind: 'fade' }, what: text.midi.fade },
  { target: { kind: 'panic' }, what: text.midi.panic },
];

const Beat = (): ReactElement => {
  const beats = useStudio((state) => state.document?.score.beatsPerBar ?? 4);
  const beat = useStudio((state) => (state.view?.transport === 'playing' ? Math.floor(state.view.barPhase * (state.document?.score.beatsPerBar ?? 4)) : -1));
  return (
    <span className="beats" aria-hidden="true">
      {Array.from({ length: beats }, (_, index) => <span key={index} className={index === beat ? 'beat beat-now' : 'beat'} />)}
    </span>
  );
};

const Fact = ({ name, children }: { readonly name: string; readonly children: string }): ReactElement => (
  <div className="fact">
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** Bar, tempo, chord, scene and the time of the night. */
const Facts = (): ReactElement => {
  const facts = useStudio((state) => {
    const view = state.view;
    if (view === null) return null;
    const score = state.document?.score;
    return {
      bar: String(view.bar + 1),
      tempo: String(Math.round(view.beatsPerMinute * 10) / 10),
      chord: view.chord === '' ? '–' : view.chord,
      scene: score === undefined ? '–' : sceneName(score, view.scene.id),
      night: clockTime((view.frame?.t ?? startOf(state.gathering) * 1e6) / 1e6),
    };
  }, sameContent);
  return (
    <dl className="facts">
      <Fact name={text.transport.night}>{facts?.night ?? '0:00'}</Fact>
      <Fact name={text.transport.bar}>{facts?.bar ?? '–'}</Fact>
      <Fact name={`${text.transport.tempo}, ${text.transport.perMinute}`}>{facts?.tempo ?? '–'}</Fact>
      <Fact name={text.transport.chord}>{facts?.chord ?? '–'}</Fact>
      <Fact name={text.transport.scene}>{facts?.scene ?? '–'}</Fact>
    </dl>
  );
};

const History = (): ReactElement => {
  const actions = useActions();
  const document = useStudio((state) => (state.document === null ? null : { undo: state.document.undo, redo: state.document.redo, dirty: state.document.dirty, fileName: state.document.fileName, title: state.document.score.title }), sameContent);
  return (
    <div className="history">
      <p className="document-name">
        <span className="document-title">{document?.fileName ?? document?.title ?? ''}</span>
        {document?.dirty === true && <span className="unsaved">{text.transport.unsaved}</span>}
      </p>
      <PushButton kind="quiet" name={text.transport.undo(document?.undo ?? null)} tip={text.transport.undo(document?.undo ?? null)} keys={shortcutKeys('undo')} isDisabled={(document?.undo ?? null) === null} onPress={actions.undo}>
        <svg className="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M8 4 4 8l4 4M4.5 8H12a4 4 0 0 1 0 8H8" /></svg>
      </PushButton>
      <PushButton kind="quiet" name={text.transport.redo(document?.redo ?? null)} tip={text.transport.redo(document?.redo ?? null)} keys={shortcutKeys('redo')} isDisabled={(document?.redo ?? null) === null} onPress={actions.redo}>
        <svg className="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="m12 4 4 4-4 4M15.5 8H8a4 4 0 0 0 0 8h4" /></svg>
      </PushButton>
    </div>
  );
};

/** Always in sight: play, the gentle stop, panic, and where in the night the music is. */
export const Transport = (): ReactElement => {
  const actions = useActions();
  const transport = useStudio((state) => state.view?.transport ?? 'idle');
  const ready = useStudio((state) => state.engine === 'live');
  const playing = transport === 'playing';
  return (
    <section className="transport" aria-label={text.transport.label}>
      <div className="transport-hands">
        <PushButton kind="main" isDisabled={!ready || playing} tip={playing ? text.transport.playing : text.transport.playHint} keys={shortcutKeys('play')} onPress={actions.play}>
          <svg className="icon icon-solid" viewBox="0 0 20 20" aria-hidden="true"><path d="M6 3.8v12.4L16.4 10z" /></svg>
          {transport === 'idle' ? text.transport.play : playing ? text.transport.playing : text.transport.playOn}
        </PushButton>
        <PushButton isDisabled={!ready || !playing} tip={text.transport.fadeHint} keys={shortcutKeys('fade')} onPress={actions.fade}>
          <svg className="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M2.5 5C8 5 9 15 17.5 15" /></svg>
          {transport === 'fading' ? text.transport.fading : text.transport.fade}
        </PushButton>
        <PushButton kind="danger" isDisabled={!ready || transport === 'idle'} tip={text.transport.panicHint} keys={shortcutKeys('panic')} onPress={actions.panic}>
          <svg className="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M7 2.8h6L17.2 7v6L13 17.2H7L2.8 13V7zM7.5 7.5l5 5M12.5 7.5l-5 5" /></svg>
          {text.transport.panic}
        </PushButton>
        <ControlMenu name={text.transport.stops} learns={STOPS} tip={text.transport.stopsHint}>
          <svg className="icon" viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="2" r="1" /><circle cx="6" cy="6" r="1" /><circle cx="6" cy="10" r="1" /></svg>
        </ControlMenu>
      </div>
      <Beat />
      <Facts />
      <History />
    </section>
  );
};
