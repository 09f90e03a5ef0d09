import type { ReactElement } from 'react';

export const ComposePlace = (_: { readonly score?: unknown }): ReactElement => <div />;
