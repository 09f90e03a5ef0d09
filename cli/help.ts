/** The help texts, as printed. Lines stay under 100 signs. */

const OVERVIEW = `dreamscore: music that listens to sleepers

  dreamscore compose ...      compose a gathering: a MIDI file and every event as text
  dreamscore render ...       the same, and one WAV file a layer with the mix
  dreamscore studio [FILE]    open the studio, with a score if one is named
  dreamscore nexus ...        the hub alone: many sleepers in, their collective out
  dreamscore check FILE       say what a score, take or night file is, or what is wrong with it
  dreamscore privacy FILE...  say what a take, export, recording or published stream holds of whom

  dreamscore COMMAND --help   all about one command
  dreamscore --version        the version

Exit codes: 0 done, 1 failed, 2 wrong use. Errors are one line on stderr: what, where, how to mend.
`;

const gathering = (command: string, does: string, writes: string): string => `dreamscore ${command}: ${does}

  dreamscore ${command} [--score FILE|PRESET] (--simulate N | --night FILE... | --take FILE)
                     [--align onset|start] [--from T --to T] [--seed N] [--force] --out DIR

What to compose from, one of:
  --simulate N        N simulated sleepers (8 hours, or up to --to)
  --night FILE...     recorded nights, each file one pod: EDF or BDF with stages, signals
                      or both; hypnograms and features as TSV, CSV or JSON
  --take FILE         a take.json: the same music again, to the byte

  --score FILE|PRESET a score file, or the name of a preset (first-light where none is given)
  --align onset|start lay the nights together by falling asleep (the music begins 15 minutes
                      before the first sleep), or by the start of the recording; default onset
  --from T, --to T    the part to write: hh:mm or hh:mm:ss from the start; a part is the very
                      lines of the whole, and its MIDI and sound files begin at --from
  --seed N            seed of all chance, 0 to 4294967295; the score's own where none is given
  --out DIR           the folder for the files; made where it is missing. A former export in it
                      is replaced
  --force             also write into a folder that holds other things

${writes}
The same arguments give the same bytes on every run.
`;

const FILES = `Writes score.mid, events.ndjson, collective.ndjson, take.json and manifest.json.`;

const HELP: Readonly<Record<string, string>> = {
  compose: gathering('compose', 'compose a gathering: a MIDI file and every event as text', FILES),
  render: gathering('render', 'compose a gathering and render its sound', `${FILES}\nAlso layers/NN-name.wav, one a layer, and mix.wav: 48 kHz, 24 bit, stereo.\nCtrl+C stops it and leaves nothing behind.`),
  nexus: `dreamscore nexus: the hub alone, without studio and music

  dreamscore nexus [WHO COMES] [WHAT IS KEPT] [--for T]

Who comes. A room is opened unless one of the last two is given; all of these may stand together:
  --gathering NAME     its name in topics and links; small letters, digits, hyphens
  --circle NAME        a circle of pods, once for each; sources below sit in the first
  --open               for others on this network; otherwise from this machine alone
  --mine               only devices of one's own: heard from one on, and no door for others
  --page-port P        port of the pod page (8026); --no-page for none
     --page-origin URL https: where a proxy here serves it, so that phones give their sensors
                       the host's status page is there too: /status, and /metrics for
                       Prometheus, from this machine or with DREAMSCORE_HOST_TOKEN
  --broker-port P      port of the broker inside (1883); --no-broker for none
  --mqtt URL           pods by way of another broker: mqtt, mqtts, ws or wss
     --mqtt-version 4|5  --mqtt-user NAME  --mqtt-ca FILE   the password stands in the
                       environment, DREAMSCORE_MQTT_PASSWORD, and in no list of processes
  --osc LAYOUT[:PORT]  a sensor over OSC: mind-monitor, openbci, goofi, eegsynth, map
     --osc-map FILE    which address is which field, for the layout map (docs/sensors.md)
  --simulate N         simulated sleepers; --seed S, and --mishaps for late and lost ones
  --night FILE...      recordings, each a pod; --align onset|start, --speed X
  --config FILE        all of this as JSON, in place of the options
  --play FILE          or: a recording of a collective; --from T, --speed X
  --collective URL     or: the merged collective of a larger gathering, from its broker

What is kept, beside a log of JSON lines on stderr that names nobody:
  --record FILE        the collective of those who agreed to be recorded
  --publish FILE       a coarse stream of those who agreed to be published, ten and more
     --private EPS     with differential privacy, for a hundred and more; 4 at most

Many machines (docs/scaling.md), each with --mqtt URL and --gathering NAME:
  --aggregate I/N      shard I of N
  --merge N            the merger of N shards

  --for T              end after hh:mm or hh:mm:ss; otherwise Ctrl+C ends it
`,
  studio: `dreamscore studio: open the studio

  dreamscore studio [FILE]    with the score in FILE, or with the built-in gathering
`,
  check: `dreamscore check: say what a file is, or what is wrong with it

  dreamscore check FILE       a score, a take.json, or a recorded night (EDF, BDF, TSV, CSV, JSON)

Exit code 0: it can be used. 1: it cannot, and stderr says why.
`,
  privacy: `dreamscore privacy: say what something holds, and about whom

  dreamscore privacy [--json] TAKE|DIR|FILE...

  TAKE                a take.json
  DIR                 the folder of an export: its manifest, take and frames, and every file's sum
  FILE                a recording of a collective, a collective.ndjson, a published stream
  --json              one object a line instead of words

It reads what is there and believes no manifest. The last line is the verdict: whether it may be
published, given to those who agreed to be recorded, or is for nobody else. Where it came from is
what the file itself says: a report cannot prove that.

Exit code 0: a report. 1: something cannot be read, and stderr says why.
`,
};

/** The help of one command, or the overview. */
export const helpText = (command: string | null): string => (command === null ? OVERVIEW : (HELP[command] ?? OVERVIEW));
