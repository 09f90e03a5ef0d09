import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseScore, CURVES, GENERATORS, MODES, PARAMETERS, scoreSchema } from '../../../core/score/schema.ts';
import { INSTRUMENTS } from '../../../core/dsp/types.ts';
import { SIGNALS } from '../../../core/signal/collective-frame.ts';
import { bend, mappingOffset } from '../../../core/compose/parameters.ts';
import { firstLight } from '../../support/score.ts';

const page = readFileSync(new URL('../../../docs/score.md', import.meta.url), 'utf8');

/** Every name of a field anywhere in a JSON schema. */
const fieldNames = (schema: unknown): string[] => {
  if (Array.isArray(schema)) return schema.flatMap(fieldNames);
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => [...(key === 'properties' && typeof value === 'object' && value !== null ? Object.keys(value) : []), ...fieldNames(value)]);
};

/** The indented blocks of the page that are JSON objects. */
const examples = (): Record<string, unknown>[] =>
  page
    .split(/\n\n/)
    .filter((block) => block.startsWith('    { '))
    .map((block) => JSON.parse(block));

const example = (id: string): Record<string, unknown> => {
  const found = examples().find((candidate) => candidate['id'] === id);
  if (found === undefined) throw new Error(`docs/score.md has no example ${id}`);
  return found;
};

describe('docs/score.md', () => {
  const fields = [...new Set(fieldNames(z.toJSONSchema(scoreSchema, { unrepresentable: 'any' })))];

  it('finds the fields of the schema', () => {
    expect(fields).toEqual(expect.arrayContaining(['title', 'barsPerChord', 'window', 'smoothingSeconds', 'amount', 'dynamics', 'channel']));
    expect(fields.length).toBeGreaterThan(60);
  });

  it.each(fields)('describes the field %s', (field) => {
    expect(page).toContain(`\`${field}\``);
  });

  it.each([...MODES, ...CURVES, ...GENERATORS, ...INSTRUMENTS, ...PARAMETERS, ...SIGNALS])('names the choice %s', (choice) => {
    expect(page).toContain(`\`${choice}\``);
  });

  it('has examples that the schema takes', () => {
    const score = firstLight();
    const written = {
      ...score,
      rules: [example('dreaming')],
      mappings: [example('depth-pad-brightness')],
      macros: [example('distance')],
      bindings: [example('knob-1')],
    };
    expect(parseScore(written, 'docs/score.md').macros[0]?.name).toBe('Distance');
    expect(examples().length).toBe(4);
  });

  it('works its mapping example out right', () => {
    const [mapping] = parseScore({ ...firstLight(), mappings: [example('depth-pad-brightness')] }, 'docs/score.md').mappings;
    if (mapping === undefined) throw new Error('the example is a mapping');
    expect([0.4, 0.575, 0.75].map((depth) => 0.45 + mappingOffset(mapping, depth))).toEqual([expect.closeTo(0.6, 9), expect.closeTo(0.365, 9), expect.closeTo(0.13, 9)]);
    expect(bend(mapping.curve, 0.5)).toBe(0.5);
  });
});
