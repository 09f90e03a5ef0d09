/** The help texts, as printed. Lines stay under 100 signs. */

const OVERVIEW = `dreamscore: music that listens to sleepers

  dreamscore compose ...      compose a gathering: a MIDI file and every event as text
  dreamscore render ...       the same, and one WAV file a layer with the mix
  dreamscore studio [FILE]    open the studio, with a score if one is named
  dreamscore check FILE       say what a score, take or night file is, or what is wrong with it

  dreamscore COMMAND --help   all about one command
  dreamscore --version        the version

Exit codes: 0 done, 1 failed, 2 wrong use. Errors are one line on stderr: what, where, how to mend.
`;

const gathering = (command: string, does: string, writes: string): string => `dreamscore ${command}: ${does}

  dreamscore ${command} [--score FILE|PRESET] (--simulate N | --night FILE... | --take FILE)
                     [--align onset|start] [--from T --to T] [--seed N] [--force] --out DIR

What to compose from, one of:
  --simulate N        N simulated sleepers (8 hours, or up to --to)
  --night FILE...     recorded nights, each file one pod: EDF+, JSON or TSV hypnograms
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
  studio: `dreamscore studio: open the studio

  dreamscore studio [FILE]    with the score in FILE, or with the built-in gathering
`,
  check: `dreamscore check: say what a file is, or what is wrong with it

  dreamscore check FILE       a score, a take.json, or a recorded night (EDF+, JSON or TSV)

Exit code 0: it can be used. 1: it cannot, and stderr says why.
`,
};

/** The help of one command, or the overview. */
export const helpText = (command: string | null): string => (command === null ? OVERVIEW : (HELP[command] ?? OVERVIEW));
