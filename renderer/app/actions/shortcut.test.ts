import { describe, expect, it } from 'vitest';
import {
  ariaShortcut,
  displayShortcut,
  matchesShortcut,
  normalShortcut,
  typesText,
  type KeyPress,
} from './shortcut.ts';

function press(key: string, modifiers: Partial<KeyPress> = {}): KeyPress {
  return { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...modifiers };
}

describe('shortcuts', () => {
  it('match their key and exactly their modifiers', () => {
    expect(matchesShortcut('F2', press('F2'))).toBe(true);
    expect(matchesShortcut('F2', press('F2', { ctrlKey: true }))).toBe(false);
    expect(matchesShortcut('Ctrl+K', press('k', { ctrlKey: true }))).toBe(true);
    expect(matchesShortcut('Ctrl+K', press('k'))).toBe(false);
    expect(matchesShortcut('Ctrl+K', press('K', { ctrlKey: true, shiftKey: true }))).toBe(false);
    expect(matchesShortcut('Ctrl+Enter', press('Enter', { ctrlKey: true }))).toBe(true);
    expect(matchesShortcut('Esc', press('Escape'))).toBe(true);
  });

  it('take the key of another system for Ctrl', () => {
    expect(matchesShortcut('Ctrl+K', press('k', { metaKey: true }))).toBe(true);
  });

  it('match a sign that needs Shift on one keyboard and not on another', () => {
    expect(matchesShortcut('?', press('?', { shiftKey: true }))).toBe(true);
    expect(matchesShortcut('/', press('/'))).toBe(true);
  });

  it('know which of them would also be typed into a field', () => {
    expect(typesText('/')).toBe(true);
    expect(typesText('J')).toBe(true);
    expect(typesText('Ctrl+K')).toBe(false);
    expect(typesText('F9')).toBe(false);
    expect(typesText('Esc')).toBe(false);
  });

  it('are shown and announced the way keyboards and readers name them', () => {
    expect(displayShortcut('Ctrl+Enter')).toEqual(['Ctrl', 'Enter']);
    expect(ariaShortcut('Ctrl+K')).toBe('Control+K');
    expect(ariaShortcut('Esc')).toBe('Escape');
    expect(normalShortcut('Ctrl+Alt+k')).toBe(normalShortcut('Alt+Ctrl+K'));
  });
});
