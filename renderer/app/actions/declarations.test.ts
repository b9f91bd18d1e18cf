import { describe, expect, it } from 'vitest';
import type { ActionDeclaration } from './action.ts';
import { findClashes } from './action-registry.ts';
import { globalActions, type ProgramControls } from './global-actions.ts';

function nothing() {}

const controls: ProgramControls = {
  open: nothing,
  openPalette: nothing,
  focusSearch: nothing,
  openKeys: nothing,
  drawCurtain: nothing,
  lock: nothing,
  logout: nothing,
  changePassword: nothing,
  cycleScheme: nothing,
  stepText: nothing,
};

/** Every screen declares its actions in `features/<feature>/actions.ts`, one exported record a screen. */
const modules = import.meta.glob<Record<string, Record<string, ActionDeclaration>>>(
  '../../features/*/actions.ts',
  { eager: true },
);
const screens = Object.entries(modules).flatMap(([file, module]) =>
  Object.entries(module).map(([name, actions]) => ({
    name: `${file} ${name}`,
    actions: Object.values(actions),
  })),
);
const program = globalActions(controls);

describe('all actions of the program', () => {
  it('have a name of their own and a label', () => {
    const all = [...program, ...screens.flatMap((screen) => screen.actions)];
    const ids = all.map((action) => action.id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    for (const action of all) expect(action.label.trim(), action.id).not.toBe('');
  });

  it('never claim the same keys in one scope', () => {
    expect(findClashes(program)).toEqual([]);
    for (const screen of screens) expect(findClashes(screen.actions), screen.name).toEqual([]);
  });

  it('are found in the screens that have keys of their own', () => {
    expect(screens.map((screen) => screen.name)).toContain('../../features/cases/actions.ts caseListActions');
  });
});
