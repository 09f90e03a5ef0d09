import type { OscSource } from '../../../core/ipc/room.ts';
import type { Layout } from './layout.ts';
import { mapped } from './layouts/mapped.ts';
import { mindMonitor } from './layouts/mind-monitor.ts';
import { eegSynth, goofi } from './layouts/named.ts';
import { openBci } from './layouts/openbci.ts';

/** The layout that a source names. */
export const layoutOf = ({ layout, map }: Pick<OscSource, 'layout' | 'map'>): Layout => {
  switch (layout) {
    case 'mind-monitor':
      return mindMonitor;
    case 'openbci':
      return openBci;
    case 'goofi':
      return goofi;
    case 'eegsynth':
      return eegSynth;
    case 'map':
      return mapped(map);
  }
};
