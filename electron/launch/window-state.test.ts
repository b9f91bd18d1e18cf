import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { placeWindow, readWindowState, writeWindowState } from './window-state.ts';

const small = { x: 0, y: 0, width: 1280, height: 720 };
const projector = { x: 1280, y: 0, width: 1920, height: 1080 };
const onProjector = { bounds: { x: 1400, y: 40, width: 1366, height: 768 }, maximised: false };

test('the window opens where it stood', () => {
  expect(placeWindow(onProjector, [small, projector])).toEqual(onProjector.bounds);
});

test('a window whose screen is gone opens on the first one, no larger than it', () => {
  expect(placeWindow(onProjector, [small])).toEqual({ width: 1280, height: 720 });
  expect(placeWindow(null, [projector])).toEqual({ width: 1366, height: 768 });
});

test('a window that cannot be grasped counts as gone', () => {
  expect(
    placeWindow({ bounds: { x: 0, y: -200, width: 1366, height: 768 }, maximised: false }, [small]),
  ).not.toHaveProperty('y');
  expect(
    placeWindow({ bounds: { x: 1200, y: 0, width: 1366, height: 768 }, maximised: false }, [small]),
  ).not.toHaveProperty('x');
});

test('the state is kept in a file, and a broken file is as good as none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mutakhir-window-'));
  const file = join(folder, 'jendela.json');
  expect(readWindowState(file)).toBeNull();
  writeWindowState(file, onProjector);
  expect(readWindowState(file)).toEqual(onProjector);
  writeFileSync(file, '{"bounds":');
  expect(readWindowState(file)).toBeNull();
  rmSync(folder, { recursive: true });
});
