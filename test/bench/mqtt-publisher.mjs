// Many pods for the bench `mqtt`, in a process of its own: they write ready-made PUBLISH packets, so that the publishers are not what is measured.
// Words: port, number of connections, pods on each, frames a second of all pods (0: as fast as they are taken), frames of each pod (0: no end), number of the first pod, password.
import mqtt from 'mqtt'
import { setTimeout as pause } from 'node:timers/promises'

const [port, connections, podsEach, perSecond, framesEach, first] = process.argv.slice(2, 8).map(Number)
const password = process.argv[8]

const text = (value) => {
  const bytes = Buffer.from(value)
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
}

const podOf = (number) => {
  const sid = number.toString(16).padStart(16, '0')
  const stages = [[1, 0, 0, 0, 0], [0.1, 0.3, 0.5, 0.1, 0], [0, 0.05, 0.75, 0.2, 0], [0, 0, 0.2, 0.8, 0], [0.02, 0.08, 0.1, 0, 0.8]]
  const rest = JSON.stringify({
    epochIdx: 12, pStage: stages[number % 5], stageAgeS: 41.5, bands: [0.651, 0.172, 0.061, 0.078, 0.038], spindlePerMin: 4.2, soPerMin: 3.8,
    hrBpm: 57.3, rmssdMs: 48.2, respHz: 0.247, respPhase: (number % 628) / 100, motion: 0.02, dTempC: 0.4, arousal: 0,
    q: { eeg: 0.93, hr: 0.98, resp: 0.9, motion: 1 }, consent: { live: true, record: true, soloVoice: false, publish: true, expiresAt: null },
  }).slice(1)
  return { topic: text(`nexus/v1/night/pod/${sid}/frame`), before: `{"v":1,"sid":"${sid}","seq":`, rest, seq: 0 }
}

const packetOf = (pod) => {
  const payload = Buffer.from(`${pod.before}${pod.seq},"tMono":${pod.seq * 1000},${pod.rest}`, 'latin1')
  pod.seq += 1
  const length = pod.topic.length + payload.length
  return Buffer.concat([Buffer.from(length < 128 ? [0x30, length] : [0x30, (length & 127) | 128, length >> 7]), pod.topic, payload])
}

const lines = []
for (let i = 0; i < connections; i += 1) {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 4, reconnectPeriod: 0, ...(password ? { username: 'pod', password } : {}) })
  client.on('error', () => undefined)
  client.on('close', () => process.exit(0))
  lines.push({ stream: client.stream, pods: Array.from({ length: podsEach }, (_, k) => podOf(first + i * podsEach + k)) })
}
process.stdout.write('ready\n')
await new Promise((resolve) => process.stdin.once('data', resolve))

const all = lines.flatMap(({ stream, pods }) => pods.map((pod) => ({ stream, pod })))
const start = performance.now()
const BATCH = 100
const wanted = framesEach === 0 ? Infinity : all.length * framesEach
for (let sent = 0, at = 0; sent < wanted; ) {
  const due = perSecond === 0 ? BATCH : Math.floor(((performance.now() - start) / 1000) * perSecond) - sent
  if (due < Math.min(BATCH, perSecond / 50)) {
    await pause(5)
    continue
  }
  const batch = new Map()
  for (let i = 0; i < Math.min(due, BATCH); i += 1, at = (at + 1) % all.length, sent += 1) {
    const { stream, pod } = all[at]
    batch.set(stream, [...(batch.get(stream) ?? []), packetOf(pod)])
  }
  for (const [stream, packets] of batch) if (!stream.write(Buffer.concat(packets))) await new Promise((resolve) => stream.once('drain', resolve))
}
process.stdout.write('done\n')
