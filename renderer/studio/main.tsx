import '../no-eval.ts';
import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/shell.css';
import './styles/clock.css';
import './styles/perform.css';
import './styles/compose.css';
import './styles/places.css';
import './styles/room.css';
import './styles/sensors.css';
import './styles/compact.css';
import { createRoot } from 'react-dom/client';
import type { StudioBridge } from '../../core/ipc/contract.ts';
import { EmptyState } from './parts/EmptyState.tsx';
import { allowEmptyMarkup } from './shell/empty-markup.ts';
import { listenToKeys } from './shell/keyboard.ts';
import { Shell } from './shell/Shell.tsx';
import { createActions } from './state/actions.ts';
import { connect, createEngineLine } from './state/connect.ts';
import { createStore } from './state/store.ts';
import { StudioContext } from './state/studio-context.ts';
import { emptyState } from './state/studio-state.ts';
import { text } from './text/text.ts';

declare global {
  interface Window {
    readonly dreamscore?: StudioBridge;
  }
}

/** Composition root of the studio window. */
const start = (bridge: StudioBridge, element: HTMLElement): void => {
  const recall = (key: string, otherwise: boolean): boolean => (window.localStorage.getItem(key) ?? String(otherwise)) === 'true';
  const store = createStore(emptyState(recall('dim', false), recall('singleKeys', true)));
  const line = createEngineLine();
  const actions = createActions(store, bridge, line.send, { remember: (key, value) => window.localStorage.setItem(key, String(value)) });
  connect(store, bridge, actions, line, window);
  listenToKeys(document, store, actions);
  createRoot(element).render(
    <StudioContext value={{ store, actions }}>
      <Shell />
    </StudioContext>,
  );
};

allowEmptyMarkup(window);
const element = document.getElementById('studio');
if (element === null) throw new Error('index.html has no element "studio"');
if (window.dreamscore === undefined) createRoot(element).render(<EmptyState title={text.broken.noBridge} more={text.broken.noBridgeMore} />);
else start(window.dreamscore, element);
