import { describe, expect, it } from 'vitest';
import type { Action } from './action.ts';
import { ActionRegistry, findClashes } from './action-registry.ts';
import type { KeyPress } from './shortcut.ts';

function action(id: string, shortcut: string, more: Partial<Action> = {}): Action {
  return { id, label: id, group: 'Uji', shortcut, perform: () => {}, ...more };
}

function press(key: string): KeyPress {
  return { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
}

const onPage = { inText: false, dialogOpen: false };

describe('the registry of actions', () => {
  it('lets a screen use a key of the program while it is mounted', () => {
    const registry = new ActionRegistry();
    registry.declare('program', 'global', [action('a', 'F4')]);
    registry.declare('screen', 'screen', [action('b', 'F4')]);
    expect(registry.actionFor(press('F4'), onPage, 'lurah')?.id).toBe('b');
    registry.withdraw('screen');
    expect(registry.actionFor(press('F4'), onPage, 'lurah')?.id).toBe('a');
  });

  it('leaves a key that would be typed to the text, but not a function key', () => {
    const registry = new ActionRegistry();
    registry.declare('screen', 'screen', [action('j', 'J'), action('f', 'F8'), action('z', 'Ctrl+Z')]);
    const undo = { ...press('z'), ctrlKey: true };
    expect(registry.actionFor(press('j'), { ...onPage, inText: true }, 'lurah')).toBeNull();
    expect(registry.actionFor(undo, { ...onPage, inText: true }, 'lurah')).toBeNull();
    expect(registry.actionFor(undo, onPage, 'lurah')?.id).toBe('z');
    expect(registry.actionFor(press('F8'), { ...onPage, inText: true }, 'lurah')?.id).toBe('f');
  });

  it('gives a dialog its own keys and none of those below it', () => {
    const registry = new ActionRegistry();
    registry.declare('program', 'global', [action('a', 'F2')]);
    registry.declare('dialog', 'dialog', [action('d', 'F4')]);
    expect(registry.actionFor(press('F2'), { ...onPage, dialogOpen: true }, 'lurah')).toBeNull();
    expect(registry.actionFor(press('F4'), { ...onPage, dialogOpen: true }, 'lurah')?.id).toBe('d');
    expect(registry.actionFor(press('F4'), onPage, 'lurah')).toBeNull();
  });

  it('does nothing that the role may not do, or that cannot be done now', () => {
    const registry = new ActionRegistry();
    registry.declare('screen', 'screen', [
      action('a', 'F4', { permission: 'approval:decide' }),
      action('b', 'F8', { when: () => false }),
    ]);
    expect(registry.actionFor(press('F4'), onPage, 'petugas_loket')).toBeNull();
    expect(registry.actionFor(press('F4'), onPage, 'lurah')?.id).toBe('a');
    expect(registry.actionFor(press('F8'), onPage, 'lurah')).toBeNull();
  });

  it('tells its readers only when something changed', () => {
    const registry = new ActionRegistry();
    let told = 0;
    registry.subscribe(() => (told += 1));
    registry.declare('screen', 'screen', [action('a', 'F4')]);
    const before = registry.all();
    registry.withdraw('unknown');
    expect(told).toBe(1);
    expect(registry.all()).toBe(before);
  });

  it('keeps quiet when an owner declares the same again, and does what was declared last', () => {
    const registry = new ActionRegistry();
    let done = '';
    const declared = (word: string, ready: boolean) => [
      action('a', 'F4', { when: () => ready, perform: () => (done = word) }),
    ];
    registry.declare('screen', 'screen', declared('first', false));
    const held = registry.all();
    let told = 0;
    registry.subscribe(() => (told += 1));
    registry.declare('screen', 'screen', declared('second', true));
    expect(told).toBe(0);
    expect(registry.all()).toBe(held);
    registry.actionFor(press('F4'), onPage, 'lurah')?.perform();
    expect(done).toBe('second');
    registry.declare('screen', 'screen', [action('b', 'F4')]);
    expect(told).toBe(1);
  });

  it('finds two actions that claim the same keys', () => {
    expect(findClashes([action('a', 'Ctrl+k'), action('b', 'Ctrl+K'), action('c', 'F2')])).toEqual([
      'Ctrl+K: a, b',
    ]);
  });
});
