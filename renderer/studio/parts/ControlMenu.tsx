import { useState, type ReactElement, type ReactNode } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { BindingTarget } from '../../../core/score/schema.ts';
import { removeEdit, sameTarget } from '../state/edits.ts';
import { sameContent, useActions, useStudio } from '../state/studio-context.ts';
import { text } from '../text/text.ts';
import { Tip } from './Tip.tsx';
import { useOverlayBed } from './overlay-bed.ts';

interface Props {
  readonly name: string;
  readonly target: BindingTarget;
  readonly onReset?: () => void;
  /** Tooltip and shortcut of the control. */
  readonly tip: string;
  readonly keys?: string;
  readonly children?: ReactNode;
}

/** A control's own menu, behind its name: MIDI learn, forget, reset. Opens by press, Enter, or the context-menu key. */
export const ControlMenu = ({ name, target, onReset, tip, keys, children }: Props): ReactElement => {
  const actions = useActions();
  const bed = useOverlayBed();
  const [open, setOpen] = useState(false);
  const binding = useStudio((state) => state.document?.score.bindings.find((bound) => sameTarget(bound.target, target)) ?? null, sameContent);
  const learning = useStudio((state) => state.view?.learning != null && sameTarget(state.view.learning, target));
  const bindingIndex = useStudio((state) => state.document?.score.bindings.findIndex((bound) => sameTarget(bound.target, target)) ?? -1);
  const forget = (): void => actions.edit(removeEdit(text.edits.forget, ['bindings', bindingIndex]));
  return (
    <MenuTrigger isOpen={open} onOpenChange={setOpen}>
      <Tip words={binding === null ? tip : `${tip} · ${text.midi.bound(binding)}`} {...(keys === undefined ? {} : { keys })}>
        <Button
          className={learning ? 'control-name control-learning' : 'control-name'}
          aria-label={text.perform.more(name)}
          onContextMenu={(event) => {
            event.preventDefault();
            setOpen(true);
          }}
        >
          <span className="control-label">{children ?? name}</span>
          {learning && <span className="control-note">{text.control.learning}</span>}
          {!learning && binding !== null && <span className="control-bound" aria-hidden="true" />}
        </Button>
      </Tip>
      <Popover {...bed} className="popover" isNonModal placement="bottom start">
        <Menu className="list" aria-label={name}>
          <MenuItem className="list-item" onAction={() => actions.learn(learning ? null : target)}>{learning ? text.control.stopLearning : text.control.learn}</MenuItem>
          {binding !== null && <MenuItem className="list-item" onAction={forget}>{text.control.forget(text.midi.bound(binding))}</MenuItem>}
          {onReset !== undefined && <MenuItem className="list-item" onAction={onReset}>{text.control.reset}</MenuItem>}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
};
