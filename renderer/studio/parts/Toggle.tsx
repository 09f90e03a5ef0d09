import type { ReactElement, ReactNode } from 'react';
import { Switch } from 'react-aria-components';

/** On or off. */
export const Toggle = ({ isOn, onChange, children }: { readonly isOn: boolean; readonly onChange: (on: boolean) => void; readonly children: ReactNode }): ReactElement => (
  <Switch className="switch" isSelected={isOn} onChange={onChange}>
    <span className="switch-bed"><span className="switch-thumb" /></span>
    {children}
  </Switch>
);
