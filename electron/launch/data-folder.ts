import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Machine {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
}

/**
 * Where the register lives when nobody says otherwise: the place each system keeps a program's own
 * data (%APPDATA%, ~/Library/Application Support, or the XDG base directory).
 */
export function defaultDataFolder(machine: Machine): string {
  const { env, home } = machine;
  switch (machine.platform) {
    case 'win32':
      return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Mutakhir');
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Mutakhir');
    default:
      // The specification says to ignore a relative path.
      return join(
        env['XDG_DATA_HOME']?.startsWith('/') ? env['XDG_DATA_HOME'] : join(home, '.local', 'share'),
        'mutakhir',
      );
  }
}

/** Makes the data folder, for its owner alone. A folder that is there keeps its contents. */
export function prepareDataFolder(folder: string, platform: NodeJS.Platform = process.platform): void {
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  // On Windows the folder inherits the rights of the user's profile; mode bits mean nothing there.
  if (platform !== 'win32') chmodSync(folder, 0o700);
}
