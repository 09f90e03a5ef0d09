import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseScoreText, type Score } from '../../../core/score/schema.ts'
import { depthWord, restlessWord, togetherWord } from '../../../renderer/studio/clock/words.ts'
import { causeWords, eventWords } from '../../../renderer/studio/compose/event-words.ts'
import { spanFault } from '../../../renderer/studio/export/export-words.ts'
import { clockTime, decibels, fullTime, meterShare, noteName, parseTime, percent, signedPercent, spanWords } from '../../../renderer/studio/state/format.ts'
import { readableError } from '../../../renderer/studio/state/readable-error.ts'
import { nearestRule, ruleSentence, ruleWhen } from '../../../renderer/studio/state/rule-words.ts'
import { micros, midiNote, tick } from '../../../core/units.ts'

const score: Score = parseScoreText(readFileSync('presets/first-light.json', 'utf8'), 'presets/first-light.json')
const rule: Score['rules'][number] = { id: 'down', from: null, to: 'deep', when: [{ signal: 'shareN3', is: 'above', value: 0.6 }], forSeconds: 180, atBars: 8 }

describe('numbers as people read them', () => {
  test('times', () => {
    expect(clockTime(425)).toBe('7:05')
    expect(clockTime(11_225)).toBe('3:07:05')
    expect(clockTime(-3)).toBe('0:00')
    expect(fullTime(600)).toBe('00:10:00')
    expect(spanWords(45)).toBe('45 s')
    expect(spanWords(90)).toBe('1 min 30 s')
    expect(spanWords(180)).toBe('3 min')
    expect(spanWords(4800)).toBe('1 h 20 min')
  })

  test('what is typed as a time is read back, and what is none is refused', () => {
    for (const seconds of [0, 59, 600, 3599, 28_800, 86_400]) expect(parseTime(fullTime(seconds))).toBe(seconds)
    expect(parseTime('1:30')).toBe(5400)
    for (const wrong of ['', 'ten', '00:61:00', '25:00:00', '00:10:00:00', '-1:00']) expect(parseTime(wrong)).toBeNull()
  })

  test('shares, levels and keys', () => {
    expect(percent(0.125)).toBe('13%')
    expect(signedPercent(-0.08)).toBe('−8%')
    expect(decibels(-120)).toBe('−∞ dB')
    expect(decibels(-6.02)).toBe('−6.0 dB')
    expect([meterShare(-120), meterShare(-30), meterShare(6)]).toEqual([0, 0.5, 1])
    expect([noteName(60), noteName(21)]).toEqual(['C4', 'A0'])
  })
})

describe('sentences of rules', () => {
  test('read as in the score', () => {
    expect(ruleWhen(rule)).toBe('60% in N3 for 3 min')
    expect(ruleSentence(rule, score)).toBe('60% in N3 for 3 min → Deep, at the next 8 bars')
    expect(ruleWhen({ ...rule, forSeconds: 0, when: [{ signal: 'depth', is: 'below', value: 0.3 }, { signal: 'shareW', is: 'below', value: 0.5 }] })).toBe('depth below 30% and under 50% in wake')
    expect(ruleSentence({ ...rule, atBars: 1 }, score)).toMatch(/at the next bar$/)
  })

  test('every rule of the preset has one', () => {
    for (const one of score.rules) expect(ruleSentence(one, score)).toMatch(/\d+%.* → \p{Lu}.*, at the next /u)
  })

  test('what comes next is the rule that has come furthest', () => {
    const [first, second] = score.rules
    expect(nearestRule(score, [{ id: first!.id, progress: 0.2 }, { id: second!.id, progress: 0.7 }])?.rule.id).toBe(second!.id)
    expect(nearestRule(score, [{ id: 'gone', progress: 1 }])).toBeNull()
  })
})

test('a second look says how deep, how together, how restless', () => {
  expect([0, 0.2, 0.4, 0.5, 0.9].map(depthWord)).toEqual(['awake', 'drifting', 'light', 'settling', 'deep'])
  expect([0, 0.1, 0.3, 1].map(togetherWord)).toEqual(['each alone', 'finding step', 'in step', 'as one'])
  expect([0, 0.5, 0.6, 1].map(restlessWord)).toEqual(['still', 'calm', 'stirring', 'restless'])
})

describe('events and their causes', () => {
  const base = { t: micros(0), tick: tick(0), layer: 'pad', cause: { rule: 'voice leading' } }
  test('in words', () => {
    expect(eventWords({ ...base, kind: 'note', pitch: midiNote(60), velocity: 64, ticks: 960 })).toBe('C4, velocity 64')
    expect(eventWords({ ...base, kind: 'tempo', microsPerQuarter: 1_000_000 })).toBe('Tempo 60 bpm')
    expect(eventWords({ ...base, kind: 'scene', scene: 'deep', name: 'Deep' })).toBe('Scene Deep')
  })
  test('a scene rule tells its sentence, another cause itself', () => {
    expect(causeWords(score.rules[0]!.id, score)).toBe(ruleSentence(score.rules[0]!, score))
    expect(causeWords('voice leading', score)).toBe('voice leading')
  })
})

test('a span to export is refused in words', () => {
  expect(spanFault('take', 0, 10, 0)).toMatch(/Press Play/)
  expect(spanFault('take', 0, 100, 20)).toMatch(/0:20/)
  expect(spanFault('source', 60, 60, 0)).toMatch(/after the beginning/)
  expect(spanFault('source', 0, 600, 0)).toBeNull()
  expect(spanFault('take', 0, 20, 20)).toBeNull()
})

test('an error of main reaches people without its wrapping', () => {
  expect(readableError(new Error("Error invoking remote method 'document.save': Fault: the disk is full: Night.json: free some space"))).toBe('the disk is full: Night.json: free some space')
  expect(readableError('plain')).toBe('plain')
})
