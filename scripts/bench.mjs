#!/usr/bin/env node
// Prints how fast the parts of Dreamscore work on this machine, each beside a peer in the same run:
// `npm run bench`, or `npm run bench -- sound composing`.
import { buildAndRun } from './build-and-run.mjs'

await buildAndRun('bench', ['--expose-gc'])
