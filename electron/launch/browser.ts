import { spawn } from 'node:child_process';

/**
 * Opens an address in the default browser. Whether one opens is no concern of the caller's: the
 * address stands in the terminal anyway.
 */
export function openBrowser(address: string, platform: NodeJS.Platform = process.platform): void {
  const [command, ...args] = browserCommand(address, platform);
  if (command === undefined || !hasScreen(platform)) return;
  const browser = spawn(command, args, { stdio: 'ignore', detached: true });
  browser.on('error', () => undefined);
  browser.unref();
}

/** Whether there is a screen to open a window on; only Linux machines come without. */
export function hasScreen(
  platform: NodeJS.Platform = process.platform,
  env: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  return platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
}

export function browserCommand(address: string, platform: NodeJS.Platform): string[] {
  switch (platform) {
    case 'win32':
      // `start` takes its first quoted word for a title.
      return ['cmd', '/c', 'start', '""', address];
    case 'darwin':
      return ['open', address];
    default:
      return ['xdg-open', address];
  }
}
