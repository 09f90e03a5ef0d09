/** A value that views listen to: the smallest thing that `useSyncExternalStore` needs. */
export interface Store<State> {
  readonly get: () => State;
  readonly change: (next: (state: State) => Partial<State>) => void;
  readonly listen: (listener: () => void) => () => void;
}

export const createStore = <State extends object>(initial: State): Store<State> => {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    change: (next) => {
      const part = next(state);
      if (Object.keys(part).length === 0) return;
      state = { ...state, ...part };
      for (const listener of [...listeners]) listener();
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
