#!/usr/bin/env node
// Fits the sleep stager to scored nights and writes core/signal/sensing/stager-model.ts:
// `node scripts/fit-stager.mjs ../shared/data`. Prints how well it tells the nights of people it was not fitted to.
import { buildAndRun } from './build-and-run.mjs'

await buildAndRun('stager')
