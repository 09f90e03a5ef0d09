import { SingleBar } from 'cli-progress';
import type { ExportStep } from '../export/progress.ts';

/** Shows how far an export has come. */
export interface ProgressView {
  readonly show: (step: ExportStep) => void;
  /** Leaves the line, whatever state it is in. */
  readonly end: () => void;
}

const DOING = { composing: 'Composing', rendering: 'Rendering', mixing: 'Finishing' } as const;

/** Seconds for people: `12 s`, `3 min 05 s`, `1 h 02 min`. */
export const leftText = (seconds: number | null): string => {
  if (seconds === null) return '';
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s left`;
  const two = (value: number): string => String(value).padStart(2, '0');
  return whole < 3600 ? `${Math.floor(whole / 60)} min ${two(whole % 60)} s left` : `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min left`;
};

const barView = (stream: NodeJS.WritableStream): ProgressView => {
  const bar = new SingleBar({ format: '{doing} [{bar}] {percentage}% {left}', stream, barCompleteChar: '=', barIncompleteChar: ' ', barsize: 40, hideCursor: true, clearOnComplete: true, stopOnComplete: false, gracefulExit: false });
  let started = false;
  return {
    show: ({ state, done, left }) => {
      const payload = { doing: DOING[state].padEnd(9), left: leftText(left) };
      if (started) bar.update(Math.floor(done * 1000), payload);
      else bar.start(1000, Math.floor(done * 1000), payload);
      started = true;
    },
    end: () => {
      if (started) bar.stop();
    },
  };
};

const lineView = (stream: NodeJS.WritableStream): ProgressView => {
  let said = -1;
  let doing = '';
  return {
    show: ({ state, done, left }) => {
      const tenth = Math.floor(done * 10);
      if (tenth <= said && doing === state) return;
      said = tenth;
      doing = state;
      const time = done < 1 ? leftText(left) : '';
      stream.write(`${DOING[state]}: ${Math.floor(done * 100)} %${time === '' ? '' : `, ${time}`}\n`);
    },
    end: () => undefined,
  };
};

/** A bar on a terminal; elsewhere a line for each part of the work and each tenth. */
export const progressView = (stream: NodeJS.WritableStream & { readonly isTTY?: boolean }): ProgressView => (stream.isTTY === true ? barView(stream) : lineView(stream));
