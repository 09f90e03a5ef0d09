import type { ReactElement } from 'react';

export const GatheringPlace = (_: { readonly score?: unknown }): ReactElement => <div />;
