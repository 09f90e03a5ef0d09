import { roomViewSchema, type PodCard, type RoomView } from '../../core/ipc/room.ts'
import { qrPath } from '../../nexus/qr.ts'

const pod = (number: number, changes: Partial<PodCard> = {}): PodCard => ({
  name: `pod ${number}`, circle: number % 2 === 0 ? 'south' : 'north', state: 'live', quality: { eeg: 0.92, hr: 0.8, resp: 0.71, motion: 1 },
  age: 0.6, record: true, publish: number % 3 === 0, trouble: null, refused: 0, ...changes,
})

/** A room of two circles with something of everything. */
export const roomView = (url: string): RoomView =>
  roomViewSchema.parse({
    adapters: [
      { name: 'page :8026', state: 'live', words: 'Open at http://192.168.1.20:8026 for phones on this network' },
      { name: 'mqtt://192.168.1.4:1883', state: 'waiting', words: 'Tries again in 4 s: the broker refused the password' },
      { name: 'osc :5000', state: 'failed', words: 'Port 5000 cannot be had; choose another one' },
    ],
    pods: [
      pod(3, { state: 'limited', trouble: 'sends too often', refused: 214 }), pod(1), pod(2, { quality: { eeg: 0, hr: 0.6, resp: 0.9, motion: 0 } }),
      pod(4), pod(5, { state: 'stale', age: 97 }), pod(6, { state: 'waiting', record: false }), pod(7, { state: 'waiting' }),
    ],
    counts: { live: 5, waiting: 2, limited: 1 },
    realms: [['north', 'south']],
    join: ['north', 'south'].map((circle) => ({ circle, url, qr: qrPath(url) })),
    nextBatch: 83.4,
    chant: 0.4,
    chanting: 3,
  })
