import { expect, test } from 'vitest';
import { browserCommand, hasScreen } from './browser.ts';

test('each system has its own way to open the browser', () => {
  expect(browserCommand('http://127.0.0.1:4321/', 'linux')).toEqual(['xdg-open', 'http://127.0.0.1:4321/']);
  expect(browserCommand('http://127.0.0.1:4321/', 'darwin')).toEqual(['open', 'http://127.0.0.1:4321/']);
  expect(browserCommand('http://127.0.0.1:4321/', 'win32')).toEqual([
    'cmd',
    '/c',
    'start',
    '""',
    'http://127.0.0.1:4321/',
  ]);
});

test('a Linux machine may come without a screen, the others never', () => {
  expect(hasScreen('linux', {})).toBe(false);
  expect(hasScreen('linux', { DISPLAY: ':0' })).toBe(true);
  expect(hasScreen('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
  expect(hasScreen('win32', {})).toBe(true);
});
