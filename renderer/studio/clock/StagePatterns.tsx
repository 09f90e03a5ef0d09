import type { ReactElement } from 'react';

/** Textures that tell the stages apart without colour: wake is open, REM waved, N1 dotted, N2 lined, N3 solid. */
export const StagePatterns = (): ReactElement => (
  <defs>
    <radialGradient id="core-glow">
      <stop offset="0%" className="glow-inner" />
      <stop offset="100%" className="glow-outer" />
    </radialGradient>
    <pattern id="texture-W" width="8" height="8" patternUnits="userSpaceOnUse" />
    <pattern id="texture-R" width="10" height="6" patternUnits="userSpaceOnUse">
      <path className="texture" d="M0 3q2.5 -3 5 0t5 0" />
    </pattern>
    <pattern id="texture-N1" width="5" height="5" patternUnits="userSpaceOnUse">
      <circle className="texture-dot" cx="2.5" cy="2.5" r="0.8" />
    </pattern>
    <pattern id="texture-N2" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <path className="texture" d="M0 0V5" />
    </pattern>
    <pattern id="texture-N3" width="5" height="5" patternUnits="userSpaceOnUse" />
  </defs>
);
