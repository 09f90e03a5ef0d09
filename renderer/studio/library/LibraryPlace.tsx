import type { ReactElement } from 'react';

export const LibraryPlace = (_: { readonly score?: unknown }): ReactElement => <div />;
