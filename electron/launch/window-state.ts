import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const Bounds = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() });
export type Bounds = z.infer<typeof Bounds>;

const WindowState = z.object({ bounds: Bounds, maximised: z.boolean() });
export type WindowState = z.infer<typeof WindowState>;

/** The smallest window in which every screen is still whole. */
export const smallestWindow = { width: 1024, height: 640 };
const usualWindow = { width: 1366, height: 768 };

/** Where the window stood last time; null when unknown, or when the file is no longer readable. */
export function readWindowState(file: string): WindowState | null {
  try {
    return WindowState.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

export function writeWindowState(file: string, state: WindowState): void {
  writeFileSync(file, JSON.stringify(state), { mode: 0o600 });
}

/**
 * Where to open the window: as it was, unless that place is no longer on any screen (a projector
 * unplugged since), then in the middle of the first one.
 *
 * @param screens the usable area of each screen, at least one
 */
export function placeWindow(
  state: WindowState | null,
  screens: readonly Bounds[],
): Bounds | { width: number; height: number } {
  if (state !== null && screens.some((screen) => isReachable(state.bounds, screen))) return state.bounds;
  const [first] = screens;
  return first === undefined
    ? usualWindow
    : { width: Math.min(usualWindow.width, first.width), height: Math.min(usualWindow.height, first.height) };
}

/** Whether enough of the title bar lies on the screen to grasp it with the mouse. */
function isReachable(window: Bounds, screen: Bounds): boolean {
  const shown = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x);
  return shown >= 120 && window.y >= screen.y && window.y <= screen.y + screen.height - 40;
}
