/** What a signal of a polysomnogram is good for here. */
export type Role = 'eeg' | 'ecg' | 'pulse wave' | 'heart rate' | 'effort' | 'flow' | 'stages';

/** A signal with its role; the lowest rank of a role is the best. */
export interface Recognised {
  readonly role: Role;
  readonly rank: number;
  /** To microvolts (EEG) or 1 (everything else). */
  readonly scale: number;
}

const ELECTRODE = /^(fp[12z]|af[z3478]|f[z1-8]|f[ct][z1-8]|c[z1-6]|[ct]p[z1-8]|t[3-8z]|p[z1-8]|po[z3478]|o[12z])(?![a-z0-9])/;
const MASTOID = /[am][12]\b/;
/** Labels of what is recognised and not used: eyes, muscles, oxygen, snoring, lights. */
const UNUSED = /\b(eog|emg|loc|roc|e[12]|chin\d?|tib|legs?|submental|snore|sao2|spo2|osat|saturation|light|position|status|marker|event|trig(ger)?)\b/;

const VOLTS: readonly (readonly [RegExp, number])[] = [
  [/^[u\u00b5\u03bc]v$/i, 1],
  [/^mv$/i, 1_000],
  [/^nv$/i, 0.001],
  [/^v$/i, 1_000_000],
  // Nothing is written: EEG is in microvolts by custom.
  [/^$/, 1],
];

const scaleOfVolts = (unit: string): number | null => VOLTS.find(([form]) => form.test(unit))?.[1] ?? null;

/** Central before frontal before the rest, where spindles are largest; against a mastoid before against a neighbour. */
const rankOfEeg = (electrodes: string): number | null => {
  const place = ELECTRODE.exec(electrodes)?.[1];
  if (place === undefined) return MASTOID.test(electrodes.slice(0, 2)) ? null : 6;
  const region = place.startsWith('c') && place.length === 2 ? 0 : place.startsWith('f') ? 2 : 4;
  return region + (MASTOID.test(electrodes.slice(place.length)) ? 0 : 1);
};

/**
 * What a signal is, by its label and unit as hospitals write them: `EEG Fpz-Cz`, `C3-A2`, `F3:M2`, `ECG II`, `EKG`, `Pleth`, `Resp oro-nasal`,
 * `THOR RES`, `Hypnogram`. Null for what is of no use here.
 */
export const recognise = (label: string, unit: string, samplesASecond: number): Recognised | null => {
  const text = label.toLowerCase().replace(/[._]/g, ' ').trim();
  const as = (role: Role, rank = 0): Recognised => ({ role, rank, scale: 1 });
  if (/^(hypnogram|sleep ?stages?|stages?|staging)$/.test(text)) return samplesASecond <= 1 ? as('stages') : null;
  if (/\b(ecg|ekg|ecg\d|ekg\d)\b/.test(text)) return samplesASecond >= 60 ? as('ecg', /\b(ii|2)\b/.test(text) ? 0 : 1) : null;
  if (/\b(pleth\w*|ppg|bvp)\b/.test(text)) return samplesASecond >= 25 ? as('pulse wave') : null;
  if (/^(hr|heart ?rate|pulse ?(rate)?|pr|h ?rate)$/.test(text)) return samplesASecond <= 10 ? as('heart rate') : samplesASecond >= 25 && text === 'pulse' ? as('pulse wave', 1) : null;
  if (/\b(thor\w*|chest|abdo\w*|abd|effort|rip|belt)\b/.test(text)) return samplesASecond >= 2 ? as('effort', /abd/.test(text) ? 0 : 1) : null;
  if (/\b(air ?flow|flow|nasal|oro-?nasal|cannula|therm\w*|ptaf|resp\w*)\b/.test(text)) return samplesASecond >= 2 ? as('flow', /pres|cannula|ptaf/.test(text) ? 0 : 1) : null;
  if (UNUSED.test(text)) return null;
  const named = /^eeg\b/.test(text);
  const electrodes = text.replace(/^eeg[\s:]*/, '');
  if (!named && !ELECTRODE.test(electrodes)) return null;
  const scale = scaleOfVolts(unit.trim());
  const rank = rankOfEeg(electrodes);
  return scale === null || rank === null || samplesASecond < 50 ? null : { role: 'eeg', rank, scale };
};
