import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../../core/fault.ts';
import { parseScore, parseScoreText } from '../../../core/score/schema.ts';
import { firstLight } from '../../support/score.ts';

type Json = Record<string, unknown>;
const presets = new URL('../../../presets/', import.meta.url);

/** First Light as loose data, to be broken. */
const loose = (): Json => JSON.parse(JSON.stringify(firstLight()));
const list = (score: Json, field: string): Json[] => {
  const value = score[field];
  if (!Array.isArray(value)) throw new Error(`${field} is a list`);
  return value;
};
const first = (score: Json, field: string, at = 0): Json => list(score, field)[at] ?? {};

const faultOf = (break_: (score: Json) => void): Fault => {
  const score = loose();
  break_(score);
  try {
    parseScore(score, 'broken.json');
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('it was not refused');
};
const binding = (target: Json): Json => ({ id: 'knob', port: 'Desk', maker: 'Maker', message: 'controller', channel: 1, number: 7, target });

describe('presets', () => {
  const names = readdirSync(presets).filter((name) => name.endsWith('.json'));
  it('are there', () => expect(names).toContain('first-light.json'));
  it.each(names)('%s is a score with story, credits and licence', (name) => {
    const score = parseScoreText(readFileSync(new URL(name, presets), 'utf8'), name);
    expect(score.story.length).toBeGreaterThan(40);
    expect(score.credits.length).toBeGreaterThan(0);
    expect(score.licence).not.toBe('');
    for (const scene of score.scenes) expect(scene.tempo[0]).toBeLessThanOrEqual(scene.tempo[1]);
    // Every scene can be reached, by a rule or by the arc.
    for (const scene of score.scenes) expect(scene.id === score.opening || scene.arc > 0 || score.rules.some(({ to }) => to === scene.id)).toBe(true);
  });
});

describe('what a score refuses', () => {
  it.each<readonly [string, (score: Json) => void, what: RegExp, where: string]>([
    ['an opening that is no scene', (s) => (s['opening'] = 'moon'), /there is no scene "moon"/, 'opening'],
    ['a rule from nowhere', (s) => (first(s, 'rules', 1)['from'] = 'moon'), /there is no scene "moon"/, 'rules[1].from'],
    ['a rule to nowhere', (s) => (first(s, 'rules', 2)['to'] = 'moon'), /there is no scene "moon"/, 'rules[2].to'],
    ['a scene that levels no layer', (s) => (first(s, 'scenes', 3)['layers'] = { ghost: 1 }), /there is no layer "ghost"/, 'scenes[3].layers'],
    ['a mapping of no layer', (s) => (first(s, 'mappings', 4)['layer'] = 'ghost'), /there is no layer "ghost"/, 'mappings[4].layer'],
    ['a macro of no layer', (s) => (first(s, 'macros')['targets'] = [{ layer: 'ghost', parameter: 'level', amount: 0 }]), /there is no layer "ghost"/, 'macros[0].targets[0]'],
    ['a binding to no scene', (s) => (s['bindings'] = [binding({ kind: 'scene', scene: 'moon' })]), /there is no scene "moon"/, 'bindings[0].target'],
    ['a binding to no layer', (s) => (s['bindings'] = [binding({ kind: 'mute', layer: 'ghost' })]), /there is no layer "ghost"/, 'bindings[0].target'],
    ['a binding of a parameter of no layer', (s) => (s['bindings'] = [binding({ kind: 'parameter', layer: 'ghost', parameter: 'level' })]), /there is no layer "ghost"/, 'bindings[0].target'],
    ['a binding to no macro', (s) => (s['bindings'] = [binding({ kind: 'macro', macro: 'ghost' })]), /there is no macro "ghost"/, 'bindings[0].target'],
    ['two layers of one id', (s) => (first(s, 'layers', 1)['id'] = first(s, 'layers')['id']), /two layers share an id/, 'layers'],
    ['two scenes of one id', (s) => list(s, 'scenes').push({ ...first(s, 'scenes') }), /two scenes share an id/, 'scenes'],
    ['a layer called score', (s) => list(s, 'layers').push({ ...first(s, 'layers'), id: 'score' }), /"score" names the whole score/, 'layers'],
    ['an id with capitals', (s) => (first(s, 'layers')['id'] = 'Drone'), /an id is 1 to 40 of a-z/, 'layers[0].id'],
    ['an id that every record has', (s) => list(s, 'layers').push({ ...first(s, 'layers'), id: 'constructor' }), /not "constructor"/, 'layers[4].id'],
    ['a signal that no one sends', (s) => (first(s, 'mappings')['signal'] = 'mood'), /Invalid option/, 'mappings[0].signal'],
    ['a parameter out of range', (s) => ((first(s, 'layers')['parameters'] as Json)['level'] = 1.2), /Too big/, 'layers[0].parameters.level'],
    ['a range below an octave', (s) => (first(s, 'layers')['range'] = [60, 70]), /a range spans at least an octave/, 'layers[0].range'],
    ['a window upside down', (s) => (first(s, 'mappings')['window'] = [0.5, 0.4]), /a window is at least/, 'mappings[0].window'],
    ['a pitch class beyond B', (s) => (first(s, 'scenes')['root'] = 12), /Too big/, 'scenes[0].root'],
    ['a rule without conditions', (s) => (first(s, 'rules')['when'] = []), /Too small/, 'rules[0].when'],
    ['a field that no one knows', (s) => (first(s, 'scenes')['colour'] = 'red'), /Unrecognized key: "colour"/, 'scenes[0]'],
    ['a missing field', (s) => delete s['seed'], /expected number/, 'seed'],
    ['another version', (s) => (s['version'] = 2), /expected 1/, 'version'],
    ['another format', (s) => (s['format'] = 'midi'), /expected "dreamscore"/, 'format'],
    ['a ceiling above full scale', (s) => (s['ceilingDb'] = 0), /Too big/, 'ceilingDb'],
  ])('%s', (_title, break_, what, where) => {
    const fault = faultOf(break_);
    expect(fault.what).toMatch(what);
    expect(fault.where).toMatch(new RegExp(`^broken\\.json, ${where.replaceAll(/[.[\]]/g, '\\$&')}( |$)`));
    expect(fault.mend).toContain('docs/score.md');
    expect(fault.message).not.toContain('\n');
  });

  it('a list longer than a machine should have to carry', () => {
    const many = (count: number, of: Json): Json[] => Array.from({ length: count }, (_, index) => ({ ...of, id: `x${index}` }));
    for (const [field, limit] of [['layers', 32], ['scenes', 64], ['rules', 128], ['mappings', 256], ['macros', 8]] as const) {
      expect(faultOf((score) => list(score, field).push(...many(limit, first(score, field)))).where).toContain(`broken.json, ${field}`);
    }
    expect(faultOf((score) => (score['bindings'] = many(257, binding({ kind: 'panic' })))).where).toContain('bindings');
    expect(faultOf((score) => (score['story'] = 'x'.repeat(4_001))).where).toContain('story');
  });

  it('says how many more problems there are', () => {
    expect(faultOf((score) => { score['seed'] = -1; score['a4Hz'] = 1_000; }).where).toMatch(/\(and 1 more\)$/);
  });

  it('what is no score at all', () => {
    for (const value of [null, 7, 'score', []]) expect(() => parseScore(value, 'x.json')).toThrow(expect.objectContaining({ name: 'Fault', where: 'x.json, the score' }));
    expect(() => parseScoreText('{"format":', 'half.json')).toThrow(expect.objectContaining({ name: 'Fault', where: 'half.json' }));
    expect(() => parseScoreText('', 'empty.json')).toThrow(/this is not JSON/);
  });
});

describe('a score', () => {
  it('is the same after a trip through text', () => {
    expect(parseScoreText(JSON.stringify(firstLight()), 'again')).toEqual(firstLight());
  });

  it('may leave out the window of a mapping, and nothing else', () => {
    const score = loose();
    delete first(score, 'mappings')['window'];
    expect(parseScore(score, 'x').mappings[0]?.window).toBeUndefined();
  });
});
