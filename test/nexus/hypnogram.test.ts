import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../core/fault.ts';
import { readHypnogram } from '../../nexus/hypnogram/read.ts';
import { edfHypnogram, tal } from '../support/edf.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string, name = 'night.tsv') => readHypnogram(bytes(text), name).epochs;
const faultOf = (file: Uint8Array, name: string): Fault => {
  try {
    readHypnogram(file, name);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error(`${name} was read`);
};
const stamp = '+0\u0014\u0014\u0000';

describe('EDF+ hypnograms', () => {
  it('reads stages of both manuals, movement and what is not known, with its start', () => {
    const labels = ['W', '1', '2', '3', '4', 'R', 'N1', 'N2', 'N3', '?'].map((label, i) => tal(i * 30, 30, `Sleep stage ${label}`)).join('');
    const night = readHypnogram(edfHypnogram(`${stamp}${labels}${tal(300, 30, 'Movement time')}${tal(330, 30, 'Sleep stage W')}${tal(20, null, 'Lights off')}`), 'n.edf');
    expect(night.epochs).toEqual(['W', 'N1', 'N2', 'N3', 'N3', 'R', 'N1', 'N2', 'N3', null, null, 'W']);
    expect(night.startedAt).toBe('1989-04-24T16:13:00');
  });

  it('fills long spans, leaves gaps unknown and takes the stage at an epoch\'s middle', () => {
    const file = edfHypnogram(`${stamp}${tal(0, 90, 'Sleep stage W')}${tal(150, 40, 'Sleep stage 2')}${tal(190, null, 'Sleep stage R')}`);
    expect(readHypnogram(file, 'n.edf').epochs).toEqual(['W', 'W', 'W', null, null, 'N2', 'R']);
  });

  it.each([
    ['a stage it does not know', edfHypnogram(`${stamp}${tal(30, 30, 'Sleep stage X')}`), 'the sleep stage "X" is unknown', 'n.edf, 30 s'],
    ['only other annotations', edfHypnogram(`${stamp}${tal(0, 5, 'Obstructive apnea')}`), 'there are no sleep stages in this file', 'n.edf'],
    ['a night of a hundred years', edfHypnogram(`${stamp}${tal(0, 3_000_000_000, 'Sleep stage W')}`), 'the night is too long', 'n.edf (27778 h)'],
    ['a broken annotation', edfHypnogram('hello\u0000'), 'an annotation is damaged in data record 1', 'n.edf'],
    ['no scored epoch', edfHypnogram(`${stamp}${tal(0, 30, 'Sleep stage ?')}`), 'no epoch of this night is scored', 'n.edf'],
    ['a signal count that is no number', edfHypnogram(stamp, { signals: 'many' }), 'the EDF header is damaged: the number of signals is "many"', 'n.edf'],
    ['more samples than bytes', edfHypnogram(stamp, { samples: '99999999' }), 'the file is cut short: its header says 1 data records, it holds 0', 'n.edf'],
    ['a wrong header length', edfHypnogram(stamp, { headerBytes: '768' }), 'the EDF header is damaged: it says 768 bytes and 1 signals need 512', 'n.edf'],
    ['another version', edfHypnogram(stamp, { version: '1' }), 'this is no EDF file', 'n.edf'],
    ['half a header', edfHypnogram(stamp).subarray(0, 300), 'the file ends within its header', 'n.edf'],
  ])('refuses %s', (_, file, what, where) => {
    expect(faultOf(file, 'n.edf')).toMatchObject({ what, where });
  });

  it('says null for a start that is no date', () => {
    expect(readHypnogram(edfHypnogram(`${stamp}${tal(0, 30, 'Sleep stage W')}`, { date: '99.99.89' }), 'n.edf').startedAt).toBeNull();
  });
});

describe('code sets', () => {
  it('tells them apart by their columns: the same numbers, other stages', () => {
    const rows = [1, 2, 3, 4, 5].map((code, i) => `${i * 30}\t30\t${code}`).join('\n');
    expect(read(`onset\tduration\tstaging\n${rows}\n`)).toEqual(['W', 'R', 'N1', 'N2', 'N3']);
    expect(faultOf(bytes(`onset\tduration\tstage_hum\n${rows}\n`), 'n.tsv')).toMatchObject({ what: 'the sleep stage "5" is unknown', where: 'n.tsv, line 6' });
    expect(read(`onset\tduration\tstage_hum\tstage_ai\n0\t30\t0\t4\n30\t30\t-2\t4\n60\t30\t8\t4\n90\t30\t4\t0\n`)).toEqual(['W', null, null, 'R']);
    expect(read('time_h,psg_stage,activity_count\n0,0,1\n0.008333,3,1\n0.033333,5,1\n', 'n.csv')).toEqual(['W', 'N3', null, null, 'R']);
    expect(read('[0, 1, 2, 3, 4, -1]', 'n.json')).toEqual(['W', 'N1', 'N2', 'N3', 'R', null]);
  });

  it('takes text labels, and refuses bare digits that could mean several things', () => {
    expect(read('onset,stage\n0,W\n30,N1\n60,n2\n90,REM\n120,3 (uncertain)\n150,2 or 3 (unscorable)\n', 'n.csv')).toEqual(['W', 'N1', 'N2', 'R', 'N3', null]);
    const fault = faultOf(bytes('onset,stage\n0,1\n30,2\n60,3\n'), 'n.csv');
    expect(fault).toMatchObject({ what: 'the stage codes are ambiguous', where: 'n.csv, column stage' });
    expect(fault.mend).toContain('W N1 N2 N3 R');
  });

  it('puts sessions one after the other', () => {
    const header = 'session\tepoch_start_time_sec\t30-sec_epoch_sleep_stage';
    expect(read(`${header}\na\t0\tW\na\t30\t1\nb\t0\t2\nb\t60\tW\n`)).toEqual(['W', 'N1', 'N2', null, 'W']);
  });

  it('takes a row or two of damage as not scored, and refuses more', () => {
    const good = [0, 30, 60, 90].map((onset) => `${onset}\t0\t4`);
    expect(read(`onset\tduration\tstaging\r\r\n${[good[0], '30 0\t4', good[2], good[3]].join('\r\r\n')}`)).toEqual(['N2', null, 'N2', 'N2']);
    expect(faultOf(bytes(`onset\tduration\tstaging\n${'x\n'.repeat(3)}${good.join('\n')}`), 'n.tsv')).toMatchObject({ what: '3 of 7 rows are damaged', where: 'n.tsv, line 2' });
  });

  it.each([
    ['n.tsv', '', 'the file is empty'],
    ['n.csv', 'a,b\n1,2\n', 'the columns of this table are not those of a hypnogram'],
    ['n.tsv', 'onset\tstaging\n', 'the table has no epochs'],
    ['n.tsv', 'onset\tstaging\n10\t1\n', 'the epochs are not 30 s long'],
    ['n.tsv', 'onset\tstaging\n30\t1\n30\t1\n', 'the epochs are not in order of time'],
    ['n.tsv', 'onset\tstaging\n0\t1\n900000000\t1\n', 'the night is too long'],
    ['n.json', '{"stages": [0]}', 'this JSON is no list of stages'],
    ['n.json', '[0, "W"]', 'the sleep stage "a string" is unknown'],
    ['n.json', '[0, 1', 'this is no JSON'],
    ['n.txt', '+0\tSleep stage W\nlater\n', 'the line is no annotation'],
    ['n.txt', '+0\tSleep stage Q\n', 'the sleep stage "Q" is unknown'],
    ['n.edf', 'onset,stage\n0,W\n', 'this is no EDF file'],
    ['n.txt', 'hello', 'the columns of this table are not those of a hypnogram'],
  ])('refuses %s with %j', (name, text, what) => {
    const fault = faultOf(bytes(text), name);
    expect(fault.what).toBe(what);
    expect(fault.where).toContain(name);
  });

  it('is quick with what is made to be slow', () => {
    // Work that grows with the square of this would take minutes.
    const many = 300_000;
    const slow = ['['.repeat(many) + ']'.repeat(many), `onset,stage\n0,W${' '.repeat(many)}x\n`, `onset,stage${'\r'.repeat(many)}`, `+0\tSleep stage ${' '.repeat(many)}`, ','.repeat(many)];
    const start = performance.now();
    for (const text of slow) expect(faultOf(bytes(text), 'n.txt')).toBeInstanceOf(Fault);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('never ends in anything but a night or a Fault', () => {
    const names = fc.constantFrom('n.edf', 'n.tsv', 'n.csv', 'n.json', 'n.txt');
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 600 }),
      fc.string().map(bytes),
      fc.string().map((text) => edfHypnogram(`${stamp}${text}`)),
      fc.tuple(fc.constantFrom('onset\tstaging\n', 'onset,stage\n', '+0\t', '[', 'time_h,psg_stage\n'), fc.string()).map(([head, text]) => bytes(head + text)),
    );
    fc.assert(
      fc.property(noise, names, (file, name) => {
        try {
          return readHypnogram(file, name).epochs.length <= 8_640;
        } catch (error) {
          return error instanceof Fault;
        }
      }),
      { numRuns: 400 },
    );
  });
});
