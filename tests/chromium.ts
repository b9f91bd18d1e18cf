import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Chromium without a window of its own first: it starts and draws for a fifth less. */
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];

/** The system's Chromium, or null: the browser that Playwright would download cannot be had everywhere. */
export function findChromium(env: Readonly<Record<string, string | undefined>> = process.env): string | null {
  const asked = env['CHROMIUM_PATH'];
  if (asked !== undefined) return existsSync(asked) ? asked : null;
  const folders = (env['PATH'] ?? '').split(delimiter);
  const found = names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => existsSync(file));
  return found ?? null;
}

/**
 * No name and no address but this computer's own leads anywhere: what a screen or a paper fetched from
 * elsewhere is missing in the test too, as it would be in an office without a line.
 */
const thisComputerAlone = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost';

/**
 * How every test starts Chromium: drawn by the processor, which costs a machine without a graphics
 * card less than acting one. As root its own sandbox cannot be used; what it opens is ours alone.
 */
export function chromiumLaunch(): { executablePath: string; args: string[] } {
  const executablePath = findChromium();
  if (executablePath === null)
    throw new Error('No Chromium: install the package "chromium-headless-shell" or set CHROMIUM_PATH.');
  return {
    executablePath,
    args: ['--disable-gpu', thisComputerAlone, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  };
}
