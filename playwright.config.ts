import { availableParallelism } from 'node:os';
import { defineConfig, devices } from '@playwright/test';
import { chromiumLaunch } from './tests/chromium.ts';
import { beginTheDay } from './tests/e2e/day.ts';
import { beginRun } from './tests/run-folder.ts';

beginTheDay();
beginRun();

const long = /(journey|verification|counter|frame|desk)\.test\.ts$/;

/** The journeys: a real browser on the plain Node door, with the keyboard where they say so. */
export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/build.ts',
  outputDir: 'tests/.output/e2e',
  // Each journey has an office and a browser of its own, and they wait for each other half of the time.
  workers: Math.ceil(availableParallelism() * 1.5),
  forbidOnly: true,
  // These only end what hangs, also on a machine that does other work; what is there is never waited for.
  timeout: 900_000,
  expect: { timeout: 60_000 },
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1366, height: 768 },
    locale: 'id-ID',
    timezoneId: 'Asia/Jakarta',
    // A person who reads waits for nothing that moves, nor does a journey.
    reducedMotion: 'reduce',
    launchOptions: chromiumLaunch(),
    screenshot: 'only-on-failure',
    // A trace keeps the page at every key, which takes longer than the key itself: `-- --trace on`.
    trace: 'off',
  },
  // No worker shall wait at the end for another's long file.
  projects: [
    { name: 'long', testMatch: long },
    { name: 'short', testIgnore: long },
  ],
});
