#!/usr/bin/env node
// Feeds broken input to every door that the outside has: `npm run fuzz`, or `npm run fuzz -- mqtt osc`. The seed is
// printed and may be given back: `npm run fuzz -- --seed 7 --cases 100000 edf`.
import { buildAndRun } from './build-and-run.mjs'

await buildAndRun('fuzz', ['--expose-gc'])
