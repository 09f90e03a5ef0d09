import { defineConfig } from 'vitest/config'
import { bundledPage } from './scripts/bundled-page.mjs'

export default defineConfig({
  plugins: [bundledPage()],
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'node',
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // A failed property prints its seed and path; one run of all tests should show every failure.
    bail: 0,
    setupFiles: ['test/support/fast-check.ts'],
  },
})
