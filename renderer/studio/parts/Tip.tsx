import type { ReactElement, ReactNode } from 'react';
import { Tooltip, TooltipTrigger } from 'react-aria-components';
import { useOverlayBed } from './overlay-bed.ts';

/** A tooltip on its child, which must be a control that takes focus; `keys` is the shortcut. */
export const Tip = ({ children, words, keys }: { readonly children: ReactNode; readonly words: string; readonly keys?: string }): ReactElement => {
  const bed = useOverlayBed();
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {children}
      <Tooltip {...bed} className="tip" offset={6}>
        <span>{words}</span>
        {keys !== undefined && keys !== '' && <kbd>{keys}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  );
};
