/** `npm ci` on another system takes from the lock file what this system never installed, so it has to be in there. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ integrity: z.string().optional(), optionalDependencies: z.record(z.string(), z.string()).optional() }),
  ),
})

const { packages } = Lock.parse(JSON.parse(readFileSync(resolve(import.meta.dirname, '../../package-lock.json'), 'utf8')))

it('the lock file holds the parts of every system, not only of the one it was made on', () => {
  const held = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)))
  const wanted = Object.entries(packages).flatMap(([path, each]) => Object.keys(each.optionalDependencies ?? {}).map((name) => ({ path, name })))
  expect(wanted.length).toBeGreaterThan(10)
  expect(wanted.filter(({ name }) => !held.has(name))).toEqual([])
})

it('the lock file has a hash for every package', () => {
  const bare = Object.entries(packages).filter(([path, { integrity }]) => path !== '' && integrity === undefined)
  expect(bare.map(([path]) => path)).toEqual([])
})
