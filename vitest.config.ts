import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    // Much of a run is waiting for processes and sockets: more workers than cores.
    maxWorkers: 4,
    // No module keeps state, so files may share them: loading GitHub's schema once for each file took most of the time.
    isolate: false,
  },
})
