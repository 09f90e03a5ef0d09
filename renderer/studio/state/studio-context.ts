import { createContext, useContext, useRef, useSyncExternalStore } from 'react';
import type { Actions } from './actions.ts';
import type { Store } from './store.ts';
import type { StudioState } from './studio-state.ts';

export interface Studio {
  readonly store: Store<StudioState>;
  readonly actions: Actions;
}

export const StudioContext = createContext<Studio | null>(null);

const useStudioContext = (): Studio => {
  const studio = useContext(StudioContext);
  if (studio === null) throw new Error('a view of the studio stands outside its StudioContext');
  return studio;
};

export const useActions = (): Actions => useStudioContext().actions;

/**
 * One part of the state, drawn again only when it changes. `same` says when two parts count as equal;
 * give one where `select` makes a new object each time.
 */
export const useStudio = <Part>(select: (state: StudioState) => Part, same: (a: Part, b: Part) => boolean = Object.is): Part => {
  const { store } = useStudioContext();
  const last = useRef<{ readonly part: Part } | null>(null);
  return useSyncExternalStore(store.listen, () => {
    const part = select(store.get());
    if (last.current !== null && same(last.current.part, part)) return last.current.part;
    last.current = { part };
    return part;
  });
};

/** Equality by content, for small plain parts of the state. */
export const sameContent = (a: unknown, b: unknown): boolean => Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b);

/** The state itself, for pictures that move between two renderings. */
export const useStore = (): Store<StudioState> => useStudioContext().store;
