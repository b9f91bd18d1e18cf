import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { compiled } from './tests/compiled.ts';

// For the workers and programs that tests start: each loads the sources itself.
process.env['NODE_COMPILE_CACHE'] ??= compiled;

/** Offices, browsers and the province wait for each other a third of the time: one more than there are cores for two. */
const withWaiting = Math.ceil(availableParallelism() * 1.5);

export default defineConfig({
  test: {
    // The native SQLite module wants processes of its own, not threads.
    pool: 'forks',
    // These only end what hangs, also on a machine that does other work.
    testTimeout: 360_000,
    hookTimeout: 360_000,
    // Each project is a step of tests/run.ts.
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{electron,shared,renderer}/**/*.test.{ts,tsx}'],
          // As many processes as there are cores, and each loads the program's modules once.
          maxWorkers: '100%',
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/{integration,electron-shell}/**/*.test.ts'],
          maxWorkers: withWaiting,
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'province',
          include: ['tests/{provincial-server,faults,bench}/**/*.test.ts'],
          maxWorkers: withWaiting,
          isolate: false,
        },
      },
    ],
  },
});
