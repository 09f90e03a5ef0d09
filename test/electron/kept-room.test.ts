import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GatheringSource } from '../../core/ipc/contract.ts';
import { roomSchema } from '../../core/ipc/room.ts';
import { firstSource, sourceAfter } from '../../electron/main/gathering-source.ts';
import { createKeptRoom } from '../../electron/main/kept-room.ts';
import { firstLight } from '../support/score.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dreamscore-room-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const file = (): string => join(folder, 'room.json');

const secret = 'a1'.repeat(32);
const room: GatheringSource = { kind: 'room', room: roomSchema.parse({ gathering: 'attic', mqtt: [{ url: 'mqtt://b:1883', username: 'host', password: 'whisper' }] }) };

describe('the room that was open last', () => {
  it('is found again, with what its links are made from, and without passwords', () => {
    createKeptRoom(file()).remember(room, secret);
    const kept = createKeptRoom(file()).read();
    expect(kept?.secret).toBe(secret);
    expect(kept?.source).toMatchObject({ kind: 'room', room: { gathering: 'attic', mqtt: [{ username: 'host', password: null }] } });
    expect(readFileSync(file(), 'utf8')).not.toContain('whisper');
    expect(statSync(file()).mode & 0o077).toBe(0);
  });

  it('is forgotten once sleepers of one’s own are heard', () => {
    const kept = createKeptRoom(file());
    kept.remember(room, secret);
    kept.remember(firstSource(1), secret);
    expect(kept.read()).toBeNull();
  });

  it.each(['', '{', '{"source":{"kind":"room"},"secret":"a"}'])('is none where the file is spoilt: %s', (text) => {
    writeFileSync(file(), text);
    expect(createKeptRoom(file()).read()).toBeNull();
  });

  it('is opened again after a live performance was cut off, and after no other', () => {
    const head = { score: firstLight(), seed: 1, pace: { startAt: 0, speed: 1 }, startedAt: 0, minimumPods: 5 };
    expect(sourceAfter({ head: { ...head, source: { kind: 'live' } }, inputs: [], substituted: false }, 1_000, room)).toBe(room);
    expect(sourceAfter({ head: { ...head, source: { kind: 'live' } }, inputs: [], substituted: false }, 1_000, null).kind).toBe('simulate');
    expect(sourceAfter({ head: { ...head, source: { kind: 'simulate', pods: 3, seed: 9 } }, inputs: [], substituted: false }, 1_000, room)).toMatchObject({ kind: 'simulate', pods: 3, seed: 9 });
  });
});
