import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { chordOf, matchChord } from '../../../renderer/studio/shell/keyboard.ts'
import { SHORTCUTS, numberedKeys } from '../../../renderer/studio/text/shortcuts.ts'

const key = (over: Partial<KeyboardEvent>): Parameters<typeof chordOf>[0] => ({ key: '', code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...over })

describe('chords', () => {
  test('are written as the table writes them', () => {
    expect(chordOf(key({ key: ' ', code: 'Space' }))).toBe('Space')
    expect(chordOf(key({ key: ' ', code: 'Space', shiftKey: true }))).toBe('Shift+Space')
    expect(chordOf(key({ key: 'Z', code: 'KeyZ', ctrlKey: true, shiftKey: true }))).toBe('Ctrl+Shift+Z')
    expect(chordOf(key({ key: 's', code: 'KeyS', metaKey: true }))).toBe('Ctrl+S')
    expect(chordOf(key({ key: 'M', code: 'KeyM', shiftKey: true }))).toBe('M')
  })

  test('a digit is a digit on every keyboard', () => {
    expect(chordOf(key({ key: '&', code: 'Digit1' }))).toBe('1')
    expect(chordOf(key({ key: '4', code: 'Numpad4' }))).toBe('4')
  })
})

describe('what a chord means', () => {
  test('every shortcut of the table is found', () => {
    for (const shortcut of SHORTCUTS) {
      const [first, second] = shortcut.keys.split(' ')
      const chord = (second ?? first!).replace('#', '3')
      const hit = matchChord(chord, second === undefined ? null : first!)
      expect(hit).toMatchObject({ id: shortcut.id })
    }
  })

  test('a prefix waits for its digit', () => {
    expect(matchChord('M', null)).toBe('prefix')
    expect(matchChord('8', 'M')).toEqual({ id: 'macro', number: 8 })
    expect(matchChord('8', null)).toEqual({ id: 'scene', number: 8 })
    expect(matchChord('0', null)).toBeNull()
    expect(matchChord('Y', null)).toBeNull()
  })

  test('no two shortcuts share their keys', () => {
    expect(new Set(SHORTCUTS.map(({ keys }) => keys)).size).toBe(SHORTCUTS.length)
  })
})

test('docs/keyboard.md lists the table, line by line', () => {
  const page = readFileSync('docs/keyboard.md', 'utf8')
  for (const shortcut of SHORTCUTS) expect(page).toContain(`| \`${shortcut.keys}\` | ${shortcut.does} |`)
  expect(numberedKeys('macro', 3)).toBe('M 3')
})
