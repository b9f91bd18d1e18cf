import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { bundledWorkers } from './tests/bundled-workers.ts';
import { compiled } from './tests/compiled.ts';
import { LongestFirst } from './tests/longest-first.ts';
import { beginRun } from './tests/run-folder.ts';

// For the workers and programs that tests start: each loads the sources itself.
process.env['NODE_COMPILE_CACHE'] ??= compiled;

beginRun();

/** Offices, browsers and the province wait for each other a third of the time: one more than there are cores for two. */
const withWaiting = Math.ceil(availableParallelism() * 1.5);

export default defineConfig({
  plugins: [bundledWorkers()],
  test: {
    // The native SQLite module wants processes of its own, not threads.
    pool: 'forks',
    // One number for all projects: those that run together share the processes.
    maxWorkers: withWaiting,
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // These only end what hangs, also on a machine that does other work.
    testTimeout: 360_000,
    hookTimeout: 360_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{electron,shared,renderer}/**/*.test.{ts,tsx}'],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/{integration,electron-shell}/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'province',
          include: ['tests/{provincial-server,faults,bench}/**/*.test.ts'],
        },
      },
    ],
  },
});
