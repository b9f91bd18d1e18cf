/** What the stand-in tells the test about its program. */
export type ShellEvent =
  | { event: 'ready'; debuggingPort: number }
  | { event: 'window'; webPreferences: Record<string, unknown>; width: number; height: number }
  | { event: 'shown' }
  | { event: 'loaded' }
  | { event: 'focused' }
  | { event: 'refused'; what: 'navigation' | 'frame' | 'window' | 'webview'; url: string }
  | { event: 'menu'; labels: string[] }
  | { event: 'error-box'; title: string; content: string }
  | { event: 'office-process'; pid: number }
  | { event: 'answer'; id: number; status: number; headers: [string, string][]; body: Uint8Array }
  | { event: 'permission'; permission: string; checked: boolean; requested: boolean };

/** What the test asks of the stand-in, in the place of a user or of the system. */
export type ShellCommand =
  | {
      command: 'fetch';
      id: number;
      url: string;
      method: string;
      headers: [string, string][];
      body: Uint8Array | null;
    }
  | { command: 'permission'; permission: string }
  | { command: 'attach-webview' }
  /** Runs a script in the window's page, where a second client of Chromium would be in the way. */
  | { command: 'run'; script: string }
  | { command: 'close-window' };

export function report(event: ShellEvent): void {
  process.send?.(event);
}
