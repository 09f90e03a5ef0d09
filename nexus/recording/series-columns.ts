/** What a column of a feature table holds. */
export type Field = 'time' | 'hrBpm' | 'rrMs' | 'rmssdMs' | 'respHz' | 'respPhase' | 'motion' | 'activity' | 'spindlePerMin' | 'soPerMin' | Band;
export type Band = 'delta' | 'theta' | 'alpha' | 'sigma' | 'beta';

/** Where a field stands, and the factor to its unit. */
export interface Column {
  readonly index: number;
  readonly scale: number;
}

/** A field's columns by their names, in small letters. */
const NAMES: readonly (readonly [Field, RegExp, number])[] = [
  ['time', /^(t|time|onset|second|seconds|sec)([_ ]?\(?(s|sec|seconds)\)?)?$/, 1],
  ['time', /^(t|time|onset)[_ ]?\(?(h|hours)\)?$/, 3_600],
  ['time', /^(t|time|onset)[_ ]?\(?(min|minutes)\)?$/, 60],
  ['time', /^(t|time|onset)[_ ]?\(?(ms|milliseconds)\)?$/, 0.001],
  ['time', /^epoch_start_time_sec$/, 1],
  ['hrBpm', /^(hr|heart[_ ]?rate|pulse[_ ]?rate|bpm)([_ ]?\(?bpm\)?)?$/, 1],
  ['rrMs', /^(rr|rri|ibi|rr[_ ]?interval)([_ ]?\(?ms\)?)?$/, 1],
  ['rrMs', /^(rr|rri|ibi|rr[_ ]?interval)[_ ]?\(?s\)?$/, 1_000],
  ['rmssdMs', /^(rmssd|hrv)([_ ]?\(?ms\)?)?$/, 1],
  ['respHz', /^(resp|respiration|breath|breathing)([_ ]?rate)?[_ ]?\(?hz\)?$/, 1],
  ['respHz', /^(resp|respiration|breath|breathing)([_ ]?rate)?([_ ]?\(?(per[_ ]?min|brpm|bpm)\)?)?$/, 1 / 60],
  ['respPhase', /^(resp|breath)[_ ]?phase$/, 1],
  ['motion', /^motion$/, 1],
  ['activity', /^(activity|actigraphy|motion|movement)[_ ]?(counts?)$|^(activity|actigraphy|counts)$/, 1],
  ['spindlePerMin', /^spindles?([_ ]?per[_ ]?min)?$/, 1],
  ['soPerMin', /^(so|slow[_ ]?oscillations?)[_ ]?per[_ ]?min$/, 1],
];

const BAND = /^(?:(.+)_)?(delta|theta|alpha|sigma|beta)(?:_(?:rel|relative|abs|power|uv2|uv2perhz))?$/;
const DENSITY = /uv2perhz$/;

/** The columns of a feature table. */
export interface Columns {
  readonly fields: ReadonlyMap<Field, Column>;
  /** Band columns are densities (power per Hz) and not powers. */
  readonly density: boolean;
  /** `fpzcz` of `fpzcz_delta_uV2perHz`; empty where there is no electrode in the name. */
  readonly electrode: string;
}

/** Finds a feature table's columns; the first electrode that has delta, theta, alpha and beta gives the bands. */
export const findColumns = (header: readonly string[]): Columns => {
  const names = header.map((name) => name.toLowerCase());
  const fields = new Map<Field, Column>();
  for (const [field, form, scale] of NAMES) {
    const index = names.findIndex((name) => form.test(name));
    if (index >= 0 && !fields.has(field)) fields.set(field, { index, scale });
  }
  const bands = names.flatMap((name, index) => {
    const [, electrode = '', band] = BAND.exec(name) ?? [];
    return band === undefined ? [] : [{ electrode, band, index, density: DENSITY.test(name) }];
  });
  const needed = ['delta', 'theta', 'alpha', 'beta'];
  const electrode = [...new Set(bands.map((each) => each.electrode))].find((place) => needed.every((band) => bands.some((each) => each.electrode === place && each.band === band)));
  const own = electrode === undefined ? [] : bands.filter((each) => each.electrode === electrode);
  for (const { band, index } of own) {
    if (band === 'delta' || band === 'theta' || band === 'alpha' || band === 'sigma' || band === 'beta') fields.set(band, { index, scale: 1 });
  }
  return { fields, density: own.some(({ density }) => density), electrode: electrode ?? '' };
};
