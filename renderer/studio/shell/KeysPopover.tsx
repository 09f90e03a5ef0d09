import type { ReactElement } from 'react';
import { Button, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import { useActions, useStudio } from '../state/studio-context.ts';
import { SHORTCUTS } from '../text/shortcuts.ts';
import { text } from '../text/text.ts';
import { useOverlayBed } from '../parts/overlay-bed.ts';
import { Toggle } from '../parts/Toggle.tsx';

/** Every shortcut, and whether single keys count. */
export const KeysPopover = (): ReactElement => {
  const actions = useActions();
  const bed = useOverlayBed();
  const single = useStudio((state) => state.singleKeys);
  return (
    <DialogTrigger>
      <Button className="rail-small">
        <svg className="icon" viewBox="0 0 18 18" aria-hidden="true"><path d="M2 5h14v8.500H2zM5 8h.1M8 8h.1M11 8h.1M13.500 8h.1M5.500 11h7" /></svg>
        {text.keys.open}
      </Button>
      <Popover {...bed} className="popover keys" isNonModal placement="right bottom">
        <Dialog className="keys-dialog">
          <Heading slot="title" className="keys-title">{text.keys.title}</Heading>
          <Toggle isOn={single} onChange={actions.setSingleKeys}>{text.keys.single}</Toggle>
          <p className="hint">{text.keys.singleHint}</p>
          <dl className="keys-list">
            {SHORTCUTS.map((shortcut) => (
              <div key={shortcut.id}>
                <dt><kbd>{shortcut.keys}</kbd></dt>
                <dd>{shortcut.does}</dd>
              </div>
            ))}
          </dl>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
};
