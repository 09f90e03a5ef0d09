import type { ReactElement, ReactNode } from 'react';
import { Button, type ButtonProps } from 'react-aria-components';
import { Tip } from './Tip.tsx';

interface Props extends Omit<ButtonProps, 'className' | 'children'> {
  readonly children: ReactNode;
  readonly kind?: 'plain' | 'main' | 'quiet' | 'danger';
  readonly tip?: string;
  readonly keys?: string;
  readonly name?: string;
}

/** A button of the studio, with its shortcut in a tooltip. */
export const PushButton = ({ children, kind = 'plain', tip, keys, name, ...rest }: Props): ReactElement => {
  const button = (
    <Button {...rest} {...(name === undefined ? {} : { 'aria-label': name })} className={`push push-${kind}`}>
      {children}
    </Button>
  );
  return tip === undefined ? button : <Tip words={tip} {...(keys === undefined ? {} : { keys })}>{button}</Tip>;
};
