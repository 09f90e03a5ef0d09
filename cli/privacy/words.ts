import { MICROS_PER_SECOND } from '../../core/units.ts';
import { clockText } from '../clock-time.ts';
import type { FrameFacts } from './facts.ts';
import type { PrivacyReport } from './report.ts';

const KIND: Readonly<Record<PrivacyReport['kind'], string>> = {
  take: 'a take', recording: 'a recording of a collective', collective: 'collective frames', published: 'a published stream', private: 'a private stream', export: 'an export with its take',
};

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
const part = (count: number, of: number): string => `${count} of ${of} frames`;

const whom = ({ about, source }: PrivacyReport): string => {
  if (about === 'nobody') return `nobody: ${source}`;
  if (about === 'own nights') return `those who slept in ${source}`;
  if (about === 'a room') return `people in ${source.replace(/^(a live|a) room$/, 'a room')}`;
  return 'it does not say; taken for people in a room';
};

const ofOne = ({ kind, about, singlePerson, frames }: PrivacyReport): string => {
  if (kind === 'private') return 'counts with noise on them, so that no one sleeper can be told from them';
  if (about === 'nobody') return 'nobody was there. No pod frame is in it';
  if (singlePerson) return 'YES: there are frames of one sleeper alone, which are that sleeper\'s night. No pod frame is in it';
  if (frames === null || frames.least === null) return 'no: no frame says anything of anyone. No pod frame is in it';
  return `no: each frame is the sum over ${frames.least} to ${frames.most ?? frames.least} sleepers. No pod frame is in it`;
};

const gate = ({ minimumPods, frames, kind }: PrivacyReport): string | null => {
  if (frames === null || kind === 'private') return null;
  const from = minimumPods === null ? '' : `heard from ${minimumPods} on; `;
  return `${from}${part(frames.gated, frames.frames)} were gated and say nothing but how many there were`;
};

const few = ({ about, kind }: PrivacyReport, { belowPublishing, frames }: FrameFacts): string | null =>
  belowPublishing === 0 || about === 'nobody' || kind === 'private' ? null : `${part(belowPublishing, frames)} are of fewer than 10, which alone forbids publishing it`;

const alone = ({ about, kind }: PrivacyReport, { joinsOfOne, leavesOfOne }: FrameFacts): string | null => {
  if (joinsOfOne + leavesOfOne === 0 || about === 'nobody' || kind === 'published' || kind === 'private') return null;
  const came = joinsOfOne > 0 ? [`${times(joinsOfOne)} one sleeper alone came`] : [];
  const went = leavesOfOne > 0 ? [`${times(leavesOfOne)} one sleeper alone went`] : [];
  return `${[...came, ...went].join(', ')}: what changed in that moment was that one's. Whoever knows who it was can tell`;
};

const consent = ({ kind, about, substituted }: PrivacyReport): string | null => {
  if (substituted === null || (about !== 'a room' && substituted === 0)) return null;
  if (substituted === 0) return 'all who were heard had agreed to be recorded: it plays again what was played';
  return `${substituted} frames hold only those who agreed to be recorded: ${kind === 'export' ? 'the music is' : 'it re-renders the music of'} those, not all that was played`;
};

const MAY: Readonly<Record<PrivacyReport['verdict'], string>> = {
  publish: 'it may be published.',
  consented: 'not for publishing. Keep it, and give it to those who agreed to be recorded. Music made from it goes where it goes: for the public, make music from the published stream.',
  own: 'not for others. Keep it to yourself, and delete it when those in it ask you to.',
};
const verdict = (report: PrivacyReport): string => {
  if (report.problems.length > 0) return 'not for others: what does not fit together cannot be vouched for.';
  if (report.about === 'nobody') return 'about nobody, so it may be published.';
  if (report.about === 'own nights') return 'not for others than those whose nights these are, unless each of them agrees to what you give away.';
  return MAY[report.verdict];
};

/** A report as a person reads it, with the verdict last. */
export const inWords = (report: PrivacyReport): string => {
  const { frames } = report;
  const length = frames === null ? '' : `, ${clockText(frames.seconds * MICROS_PER_SECOND)}`;
  const rows: readonly (readonly [string, string | null])[] = [
    ['About whom', whom(report)],
    ['One person\'s data', ofOne(report)],
    ['Gate', gate(report)],
    ['Few sleepers', frames === null ? null : few(report, frames)],
    ['Coming, going', frames === null ? null : alone(report, frames)],
    ['Consent', consent(report)],
    ['Cost', report.epsilon === null ? null : `epsilon ${report.epsilon} for each sleeper's whole night, where it is the only one; several nights add up`],
    ['Files', report.files.length === 0 ? null : report.files.join(', ')],
    ...report.problems.map((problem) => ['Problem', problem] as const),
  ];
  const lines = rows.flatMap(([label, text]) => (text === null ? [] : [`  ${label.padEnd(20)}${text}\n`]));
  return `${report.name}: ${KIND[report.kind]}${length}\n${lines.join('')}Verdict: ${verdict(report)}\n`;
};
