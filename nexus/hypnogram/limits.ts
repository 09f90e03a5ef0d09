/** The largest recording that is read, bytes: a night of EEG with its scoring in one file. */
export const MAXIMUM_BYTES = 268_435_456;
/** The largest table or list that is read, bytes: a hundred times a night's scoring. */
export const MAXIMUM_TEXT_BYTES = 4_194_304;
/** The most epochs a hypnogram may have: three days. */
export const MAXIMUM_EPOCHS = 8_640;
/** The most annotations an EDF may have. */
export const MAXIMUM_ANNOTATIONS = 200_000;
