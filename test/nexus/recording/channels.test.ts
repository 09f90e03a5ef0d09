import { describe, expect, it } from 'vitest';
import { recognise } from '../../../nexus/recording/channels.ts';

describe('labels as hospitals write them', () => {
  it.each([
    ['EEG Fpz-Cz', 'eeg'], ['EEG Pz-Oz', 'eeg'], ['C3-A2', 'eeg'], ['F3-M2', 'eeg'], ['F4:M1', 'eeg'], ['O2-A1', 'eeg'], ['EEG C4-REF', 'eeg'], ['Fp1', 'eeg'], ['C4', 'eeg'], ['EEG 0', 'eeg'], ['EEG(sec)', 'eeg'], ['T3-A2', 'eeg'],
    ['ECG', 'ecg'], ['EKG', 'ecg'], ['ECG II', 'ecg'], ['ECG1-ECG2', 'ecg'],
    ['Pleth', 'pulse wave'], ['PPG', 'pulse wave'],
    ['Resp oro-nasal', 'flow'], ['Airflow', 'flow'], ['NASAL PRES', 'flow'], ['Resp nasal', 'flow'],
    ['Resp chest', 'effort'], ['THOR RES', 'effort'], ['ABDO RES', 'effort'], ['Abdomen', 'effort'], ['Effort THO', 'effort'],
    ['EOG horizontal', null], ['EOG Pos8-M1', null], ['EMG submental', null], ['EMG linked legs', null], ['SaO2', null], ['SpO2', null], ['Status', null], ['EEG M2-M1', null], ['A1-A2', null], ['LOC', null], ['E1-M2', null], ['Snore', null], ['F', null], ['Event marker', null], ['Light', null], ['Temp rectal', null],
  ])('%s', (label, role) => {
    expect(recognise(label, 'uV', 200)?.role ?? null).toBe(role);
  });

  it('prefers the centre, and a mastoid as its other end', () => {
    const rank = (label: string): number => recognise(label, 'uV', 200)?.rank ?? 99;
    expect(['C4-M1', 'C4-P4', 'F3-A2', 'Fp2-F4', 'O1-M2', 'P4-O2', 'EEG 0'].map(rank)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('goes by the rate where a label alone does not tell', () => {
    expect(recognise('Hypnogram', '', 0.1)?.role).toBe('stages');
    expect(recognise('Hypnogram', '', 100)).toBeNull();
    expect(recognise('Pulse', 'bpm', 1)?.role).toBe('heart rate');
    expect(recognise('Pulse', '', 100)?.role).toBe('pulse wave');
    expect(recognise('HR', 'bpm', 1)?.role).toBe('heart rate');
    expect(recognise('EEG C3-M2', 'uV', 10)).toBeNull();
    expect(recognise('Resp oro-nasal', '', 1)).toBeNull();
  });

  it('knows the units of a brain', () => {
    const scale = (unit: string): number | null => recognise('EEG C3-M2', unit, 200)?.scale ?? null;
    expect([scale('uV'), scale('\u00b5V'), scale('mV'), scale('V'), scale('nV'), scale(''), scale('Ohm')]).toEqual([1, 1, 1_000, 1_000_000, 0.001, 1, null]);
  });
});
