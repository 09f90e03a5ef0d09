import type { ReactElement } from 'react';
import type { BrokerSource } from '../../../core/ipc/room.ts';
import { SecretBox } from '../parts/SecretBox.tsx';
import { TextBox } from '../parts/TextBox.tsx';
import { text } from '../text/text.ts';

/** Where a broker is, and what opens it. */
export const BrokerFields = ({ value, onChange }: { readonly value: BrokerSource; readonly onChange: (value: BrokerSource) => void }): ReactElement => (
  <div className="source-fields">
    <TextBox label={text.room.brokerUrl} value={value.url} maxLength={300} onCommit={(url) => onChange({ ...value, url })} />
    <TextBox label={text.room.user} value={value.username ?? ''} maxLength={200} mayBeEmpty onCommit={(username) => onChange({ ...value, username: username === '' ? null : username })} />
    <SecretBox label={text.room.password} value={value.password ?? ''} maxLength={4_000} onChange={(password) => onChange({ ...value, password: password === '' ? null : password })} />
  </div>
);
