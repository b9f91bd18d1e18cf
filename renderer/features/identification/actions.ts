import type { ActionDeclaration } from '../../app/actions/action.ts';
import { CheckIcon, ChevronIcon, CompareIcon, UndoIcon } from '../../components/icons.tsx';
import { words } from './words.ts';

const group = words.title;

const undo = {
  label: words.undo,
  group,
  icon: UndoIcon,
  shortcut: 'Ctrl+Z',
  permission: 'identification:decide',
} satisfies Omit<ActionDeclaration, 'id'>;

export const identificationQueueActions = {
  next: { id: 'identification.next', label: words.next, group, icon: ChevronIcon, shortcut: 'F8' },
  matchAll: {
    id: 'identification.matchAll',
    label: words.matchAll,
    group,
    icon: CompareIcon,
    shortcut: 'Alt+J',
    permission: 'identification:decide',
  },
  confirmSure: {
    id: 'identification.confirmSure',
    label: words.confirmSure,
    group,
    icon: CheckIcon,
    shortcut: 'Alt+Y',
    permission: 'identification:decide',
  },
  undo: { id: 'identification.undo', ...undo },
} satisfies Record<string, ActionDeclaration>;

export const identificationCaseActions = {
  same: {
    id: 'identification.same',
    label: words.same,
    group,
    shortcut: 'J',
    permission: 'identification:decide',
  },
  notSame: {
    id: 'identification.notSame',
    label: words.notSame,
    group,
    shortcut: 'T',
    permission: 'identification:decide',
  },
  later: { id: 'identification.later', label: words.later, group, shortcut: 'L' },
  decide: {
    id: 'identification.decide',
    label: words.decide,
    group,
    icon: CheckIcon,
    shortcut: 'Ctrl+Enter',
    permission: 'identification:decide',
  },
  undo: { id: 'identification.undoVerdict', ...undo },
  back: { id: 'identification.back', label: words.back, group, shortcut: 'Esc' },
} satisfies Record<string, ActionDeclaration>;
