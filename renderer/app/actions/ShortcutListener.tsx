import { useShortcuts } from './use-shortcuts.ts';

/** Shortcuts for what stands outside the frame, such as the end of setup. */
export function ShortcutListener() {
  useShortcuts(true);
  return null;
}
