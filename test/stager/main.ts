/** Fits the stager to the nights in a folder and writes its model: `node scripts/fit-stager.mjs ../shared/data`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StagerModel, StageWeights } from '../../core/signal/sensing/stager-weights.ts';
import { fitStager } from './fit.ts';
import { leaveOnePersonOut } from './leave-one-out.ts';
import type { Agreement } from './measure.ts';
import { scoredNights } from './nights.ts';

const rounded = (values: readonly number[]): string => `[${values.map((value) => String(Math.round(value * 1_000) / 1_000)).join(', ')}]`;
const rows = (values: readonly (readonly number[])[]): string => `[\n${values.map((row) => `      ${rounded(row)},`).join('\n')}\n    ]`;

const weightsText = ({ typical, mean, spread, weights }: StageWeights): string =>
  `{\n    typical: ${rounded(typical)},\n    mean: ${rounded(mean)},\n    spread: ${rounded(spread)},\n    weights: ${rows(weights)},\n  }`;

const modelText = ({ withGamma, sharesAlone, transitions }: StagerModel): string => `import type { StagerModel } from './stager-weights.ts';

/**
 * Weights of the stager, fitted by \`scripts/fit-stager.mjs\` (a test keeps both alike) to fourteen nights of seven people:
 * Sleep-EDF Database Expanded 1.0.0 (Kemp B et al., IEEE-BME 47(9):1185-1194, 2000; Goldberger AL et al., Circulation
 * 101(23):e215-e220, 2000; doi:10.13026/C2X676; ODC-By 1.0), band powers at Fpz-Cz and Pz-Oz by Matteo Omizzolo (MIT, 2025).
 * Features in groups: now, lately, now squared; in each delta, theta, alpha, 12-30 Hz and, where it is told, gamma.
 */
export const STAGER_MODEL: StagerModel = {
  withGamma: ${weightsText(withGamma)},
  sharesAlone: ${weightsText(sharesAlone)},
  transitions: ${rows(transitions).replaceAll('      [', '    [').replace('\n    ]', '\n  ]')},
};
`;

const figures = ({ kappa, accuracy, recall, depth, calibration }: Agreement): string =>
  `kappa ${kappa.toFixed(3)}  accuracy ${accuracy.toFixed(3)}  recall ${recall.map((share) => share.toFixed(2)).join(' ')}  depth ${depth.toFixed(3)}  calibration ${calibration.toFixed(3)}`;

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('say where the recordings lie: node scripts/fit-stager.mjs ../shared/data\n');
  process.exitCode = 2;
} else {
  const sets = [
    { name: 'Fpz-Cz', nights: scoredNights(folder, 0) },
    { name: 'Pz-Oz', nights: scoredNights(folder, 1) },
  ];
  for (const { name, withGamma, sharesAlone } of leaveOnePersonOut(sets)) {
    process.stdout.write(`${name}, with gamma    ${figures(withGamma)}\n${name}, shares alone  ${figures(sharesAlone)}\n`);
  }
  const file = join('core', 'signal', 'sensing', 'stager-model.ts');
  writeFileSync(file, modelText(fitStager(sets.flatMap(({ nights }) => nights))));
  process.stdout.write(`wrote ${file}\n`);
}
