/**
 * The share of simulated sleepers in W, N1, N2, N3, R by time of night, in 1/10 000: one row for each
 * 10 minutes from lights off, the mean over that span of 2 000 nights of the two-regime model (made by
 * nexus/simulator/stage-distribution.ts with seed 1; a test keeps both alike).
 */
export const STAGE_BASELINE: readonly (readonly number[])[] = [
  [9231, 353, 335, 81, 0],
  [5723, 942, 2397, 939, 0],
  [3386, 879, 3695, 2041, 0],
  [2293, 761, 4223, 2716, 8],
  [1844, 808, 4296, 2999, 55],
  [1581, 698, 4391, 3132, 198],
  [1405, 720, 4329, 3080, 466],
  [1344, 683, 4114, 3060, 800],
  [1275, 707, 4103, 2826, 1090],
  [1136, 669, 4178, 2607, 1411],
  [1166, 710, 4190, 2434, 1501],
  [1247, 675, 4187, 2392, 1500],
  [1134, 661, 4396, 2329, 1481],
  [1226, 648, 4326, 2222, 1578],
  [1143, 636, 4506, 2209, 1507],
  [1248, 666, 4532, 2011, 1544],
  [1134, 599, 4667, 1976, 1625],
  [1140, 573, 4600, 2006, 1682],
  [994, 545, 4770, 1839, 1852],
  [1000, 571, 4716, 1689, 2025],
  [1042, 586, 4730, 1603, 2040],
  [1050, 523, 4832, 1474, 2122],
  [969, 547, 4776, 1396, 2312],
  [972, 552, 4739, 1290, 2446],
  [917, 532, 4775, 1273, 2503],
  [891, 548, 4903, 1246, 2413],
  [909, 530, 4952, 1172, 2438],
  [914, 534, 4913, 1096, 2544],
  [960, 585, 4925, 1066, 2465],
  [933, 576, 4917, 1136, 2439],
  [836, 597, 4946, 1086, 2535],
  [833, 592, 4918, 943, 2715],
  [854, 645, 4913, 860, 2729],
  [872, 660, 4955, 842, 2671],
  [845, 637, 5005, 810, 2705],
  [767, 687, 5035, 760, 2751],
  [794, 717, 4953, 797, 2739],
  [752, 697, 4960, 729, 2862],
  [795, 704, 4821, 662, 3018],
  [792, 746, 4764, 635, 3063],
  [734, 739, 4796, 600, 3131],
  [719, 747, 4787, 570, 3177],
  [693, 693, 4741, 586, 3288],
  [704, 717, 4868, 577, 3134],
  [781, 767, 4950, 518, 2985],
  [764, 748, 4840, 549, 3100],
  [735, 735, 4792, 564, 3174],
  [700, 702, 4649, 560, 3389],
];

const ROW_SECONDS = 600;
/** At lights off everyone is awake. */
const LIGHTS_OFF: readonly number[] = [10_000, 0, 0, 0, 0];

/**
 * C0, the chance that two strangers are in one stage at this time of night: sum of pi_k(t)^2, linear
 * from 1 at lights off through the middles of the rows, held after the last (beyond 8 h).
 * @param night seconds since lights off
 */
export const chanceAgreement = (night: number): number => {
  const rows = Math.min(STAGE_BASELINE.length - 1, Math.max(-0.5, night / ROW_SECONDS - 0.5));
  const at = Math.floor(rows);
  const amount = at < 0 ? (rows + 0.5) * 2 : rows - at;
  const before = STAGE_BASELINE[at] ?? LIGHTS_OFF;
  const after = STAGE_BASELINE[at + 1] ?? before;
  let sum = 0;
  for (let k = 0; k < before.length; k += 1) {
    const from = before[k] ?? 0;
    const share = (from + ((after[k] ?? from) - from) * amount) / 10_000;
    sum += share * share;
  }
  return sum;
};
