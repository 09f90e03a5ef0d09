/** The three lines between main and a window; the contract's own channels travel on them by name. */
export const REQUEST_CHANNEL = 'dreamscore-request';
export const PUSH_CHANNEL = 'dreamscore-push';
export const PORT_CHANNEL = 'dreamscore-port';

/** Main hands the names of the contract's channels to a preload with this argument, as JSON: `{"requests": [...], "pushes": [...]}`. */
export const CHANNELS_ARGUMENT = '--dreamscore-channels=';

export interface ChannelNames {
  readonly requests: readonly string[];
  readonly pushes: readonly string[];
}
