/**
 * A shortcut as actions declare it: modifiers and one key, joined by `+`: `F2`, `Ctrl+K`,
 * `Ctrl+Enter`, `/`, `?`, `Esc`, `J`. Letters are written large; `?` is typed with Shift and
 * written without it, as it stands on the keyboard.
 */
export interface Chord {
  ctrl: boolean;
  alt: boolean;
  shift: boolean;
  /** As in `KeyboardEvent.key`, letters in lower case. */
  key: string;
}

/** What this module needs of a keyboard event. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const keyNames: Record<string, string> = { Esc: 'escape', Space: ' ' };
const displayNames: Record<string, string> = {
  escape: 'Esc',
  enter: 'Enter',
  ' ': 'Spasi',
  arrowup: '↑',
  arrowdown: '↓',
  delete: 'Del',
};

export function parseShortcut(shortcut: string): Chord {
  const parts = shortcut.split('+');
  const key = parts.at(-1) ?? '';
  const modifiers = parts.slice(0, -1);
  return {
    ctrl: modifiers.includes('Ctrl'),
    alt: modifiers.includes('Alt'),
    shift: modifiers.includes('Shift'),
    key: (keyNames[key] ?? key).toLowerCase(),
  };
}

/** Whether a key press is this shortcut. Shift is asked for only where the key itself does not need it. */
export function matchesShortcut(shortcut: string, press: KeyPress): boolean {
  const chord = parseShortcut(shortcut);
  if (press.key.toLowerCase() !== chord.key) return false;
  if ((press.ctrlKey || press.metaKey) !== chord.ctrl || press.altKey !== chord.alt) return false;
  return isShiftFree(chord.key) || press.shiftKey === chord.shift;
}

/** Whether the shortcut would also be typed into a text: a bare character without Ctrl or Alt. */
export function typesText(shortcut: string): boolean {
  const chord = parseShortcut(shortcut);
  return chord.key.length === 1 && !chord.ctrl && !chord.alt;
}

/** Whether the shortcut also edits a text (undo, redo, select all …): there the text has it. */
export function editsText(shortcut: string): boolean {
  const chord = parseShortcut(shortcut);
  return chord.ctrl && !chord.alt && ['a', 'c', 'v', 'x', 'y', 'z'].includes(chord.key);
}

/** The keys to show, in order: `Ctrl+Enter` → `['Ctrl', 'Enter']`. */
export function displayShortcut(shortcut: string): string[] {
  const chord = parseShortcut(shortcut);
  const keys = [
    chord.ctrl ? 'Ctrl' : null,
    chord.alt ? 'Alt' : null,
    chord.shift ? 'Shift' : null,
    displayNames[chord.key] ?? chord.key.toUpperCase(),
  ];
  return keys.filter((key) => key !== null);
}

/** For `aria-keyshortcuts`: `Control+Enter`. */
export function ariaShortcut(shortcut: string): string {
  const chord = parseShortcut(shortcut);
  const key =
    chord.key === ' '
      ? 'Space'
      : chord.key.length === 1
        ? chord.key.toUpperCase()
        : chord.key.charAt(0).toUpperCase() + chord.key.slice(1);
  return [chord.ctrl ? 'Control' : null, chord.alt ? 'Alt' : null, chord.shift ? 'Shift' : null, key]
    .filter((part) => part !== null)
    .join('+');
}

/** One spelling for each shortcut, to find two actions that claim the same. */
export function normalShortcut(shortcut: string): string {
  return displayShortcut(shortcut).join('+');
}

function isShiftFree(key: string): boolean {
  return key.length === 1 && !/[a-z0-9 ]/.test(key);
}
