import type { ActionDeclaration } from '../../app/actions/action.ts';
import { CheckIcon, ChevronIcon, PlusIcon } from '../../components/icons.tsx';
import { words } from './words.ts';

const group = words.title;
const permission = 'muskel:write';

export const muskelListActions = {
  create: { id: 'muskel.create', label: words.create, group, icon: PlusIcon, shortcut: 'Alt+A', permission },
} satisfies Record<string, ActionDeclaration>;

/** One key a verdict: the first letters of their words. */
export const muskelSessionActions = {
  poor: { id: 'muskel.poor', label: words.poor, group, icon: CheckIcon, shortcut: 'L', permission },
  capable: { id: 'muskel.capable', label: words.capable, group, shortcut: 'M', permission },
  gone: { id: 'muskel.gone', label: words.gone, group, shortcut: 'T', permission },
  twin: { id: 'muskel.twin', label: words.twin, group, shortcut: 'G', permission },
  undo: { id: 'muskel.undo', label: words.undo, group, shortcut: 'B', permission },
  next: { id: 'muskel.next', label: words.next, group, icon: ChevronIcon, shortcut: 'F8' },
  otherPart: { id: 'muskel.otherPart', label: words.tabLabel, group, shortcut: 'Alt+B' },
  finish: { id: 'muskel.finish', label: words.finish, group, shortcut: 'Ctrl+Enter', permission },
  reopen: { id: 'muskel.reopen', label: words.reopen, group, permission },
  legalise: {
    id: 'muskel.legalise',
    label: words.legalise,
    group,
    icon: CheckIcon,
    shortcut: 'S',
    permission: 'muskel:legalise',
  },
} satisfies Record<string, ActionDeclaration>;
