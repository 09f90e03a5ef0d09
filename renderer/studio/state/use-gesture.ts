import { useId, useRef } from 'react';

/** Names the drag under way, so that its many edits undo as one; `end` begins the next. */
export const useGesture = (): { readonly name: () => string; readonly end: () => void } => {
  const id = useId();
  const count = useRef(0);
  return {
    name: () => `${id} ${count.current}`,
    end: () => {
      count.current += 1;
    },
  };
};
