import { benchComposing } from './composing.ts';
import { benchSound } from './dsp.ts';
import { benchEdf } from './edf.ts';
import { benchFold } from './fold.ts';
import { benchMemory } from './memory.ts';
import { benchMqtt } from './mqtt.ts';
import { benchScale } from './scale.ts';
import { benchSimulator } from './simulator.ts';

type Bench = () => readonly string[] | Promise<readonly string[]>;

const benches: Readonly<Record<string, Bench>> = {
  sound: benchSound,
  composing: benchComposing,
  simulator: benchSimulator,
  fold: benchFold,
  memory: benchMemory,
  edf: benchEdf,
  mqtt: benchMqtt,
  scale: benchScale,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => benches[name] === undefined);
if (unknown.length > 0) {
  process.stderr.write(`there is no bench "${unknown.join('", "')}": npm run bench: name some of ${Object.keys(benches).join(', ')}, or none for all\n`);
  process.exitCode = 2;
} else {
  for (const [name, bench] of Object.entries(benches)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    process.stdout.write(`\n${name}\n`);
    for (const line of await bench()) process.stdout.write(`  ${line}\n`);
  }
}
