import { useState, type ReactElement, type ReactNode } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { Binding, BindingTarget } from '../../../core/score/schema.ts';
import { removeEdit, sameTarget } from '../state/edits.ts';
import { sameContent, useActions, useStudio } from '../state/studio-context.ts';
import { text } from '../text/text.ts';
import { Tip } from './Tip.tsx';
import { useOverlayBed } from './overlay-bed.ts';

/** What a knob or pad may learn to move; `what` says which where a menu has several. */
export interface Learnable {
  readonly target: BindingTarget;
  readonly what?: string;
}

interface Props {
  readonly name: string;
  readonly learns: readonly Learnable[];
  readonly onReset?: () => void;
  /** Tooltip and shortcut of the control. */
  readonly tip: string;
  readonly keys?: string;
  readonly children?: ReactNode;
}

const boundWords = ({ what }: Learnable, binding: Binding): string => (what === undefined ? text.midi.bound(binding) : `${what}: ${text.midi.bound(binding)}`);

/** A control's own menu, behind its name: MIDI learn, forget, reset. Opens by press, Enter, or the context-menu key. */
export const ControlMenu = ({ name, learns, onReset, tip, keys, children }: Props): ReactElement => {
  const actions = useActions();
  const bed = useOverlayBed();
  const [open, setOpen] = useState(false);
  const bindings = useStudio((state) => learns.map(({ target }) => state.document?.score.bindings.find((bound) => sameTarget(bound.target, target)) ?? null), sameContent);
  const places = useStudio((state) => learns.map(({ target }) => state.document?.score.bindings.findIndex((bound) => sameTarget(bound.target, target)) ?? -1), sameContent);
  const learning = useStudio((state) => {
    const waiting = state.view?.learning;
    return waiting == null ? -1 : learns.findIndex(({ target }) => sameTarget(waiting, target));
  });
  const bound = learns.flatMap((learnable, at) => (bindings[at] == null ? [] : [boundWords(learnable, bindings[at])]));
  return (
    <MenuTrigger isOpen={open} onOpenChange={setOpen}>
      <Tip words={[tip, ...bound].join(' · ')} {...(keys === undefined ? {} : { keys })}>
        <Button
          className={learning === -1 ? 'control-name' : 'control-name control-learning'}
          aria-label={text.perform.more(name)}
          onContextMenu={(event) => {
            event.preventDefault();
            setOpen(true);
          }}
        >
          <span className="control-label">{children ?? name}</span>
          {learning !== -1 && <span className="control-note">{text.control.learning}</span>}
          {learning === -1 && bound.length > 0 && <span className="control-bound" aria-hidden="true" />}
        </Button>
      </Tip>
      <Popover {...bed} className="popover" isNonModal placement="bottom start">
        <Menu className="list" aria-label={name}>
          {learns.map(({ target, what }, at) => (
            <MenuItem key={`learn ${at}`} className="list-item" onAction={() => actions.learn(learning === at ? null : target)}>
              {learning === at ? text.control.stopLearning : text.control.learn(what ?? null)}
            </MenuItem>
          ))}
          {learns.flatMap((learnable, at) => {
            const binding = bindings[at] ?? null;
            return binding === null
              ? []
              : [
                  <MenuItem key={`forget ${at}`} className="list-item" onAction={() => actions.edit(removeEdit(text.edits.forget, ['bindings', places[at] ?? -1]))}>
                    {text.control.forget(boundWords(learnable, binding))}
                  </MenuItem>,
                ];
          })}
          {onReset !== undefined && <MenuItem className="list-item" onAction={onReset}>{text.control.reset}</MenuItem>}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
};
