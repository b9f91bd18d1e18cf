import { may, type Permission } from '../../../shared/domain/access.ts';
import type { Role } from '../../../shared/domain/role.ts';
import type { IconComponent } from '../../components/icons.tsx';

/**
 * What a user can do, declared once. Menu, buttons, shortcuts, command palette and the list of keys
 * all read this. Screens declare theirs in `features/<feature>/actions.ts` and add `perform` where
 * they mount (`useActions`); those of the whole program stand in `global-actions.ts`.
 */
export interface ActionDeclaration {
  /** `feature.verb`, unique in the program. */
  id: string;
  /** As on its button: a verb and its object. */
  label: string;
  /** Heading in the palette and in the list of keys; the screen's name, or one of `groups`. */
  group: string;
  icon?: IconComponent;
  /** See `shortcut.ts`: `F2`, `Ctrl+Enter`, `J`. */
  shortcut?: string;
  /** Who may; without it everyone who is logged in. */
  permission?: Permission;
}

export interface Action extends ActionDeclaration {
  /** Whether it can be done right now; without it always. */
  when?: () => boolean;
  perform: () => void;
}

/** Headings of the program's own actions. */
export const groups = { go: 'Buka', program: 'Program' } as const;

/** Whether this role sees the action at all. */
export function isOffered(action: ActionDeclaration, role: Role): boolean {
  return action.permission === undefined || may(role, action.permission);
}

/** Whether the action can be done now by this role. */
export function isReady(action: Action, role: Role): boolean {
  return isOffered(action, role) && (action.when === undefined || action.when());
}
