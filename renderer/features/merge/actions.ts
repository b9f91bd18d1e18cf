import type { ActionDeclaration } from '../../app/actions/action.ts';
import { CheckIcon, CompareIcon } from '../../components/icons.tsx';
import { words } from './words.ts';

const group = words.title;

export const mergeActions = {
  merge: {
    id: 'merge.merge',
    label: words.merge,
    group,
    icon: CheckIcon,
    shortcut: 'Ctrl+Enter',
    permission: 'identification:decide',
  },
  swap: { id: 'merge.swap', label: words.swap, group, icon: CompareIcon, shortcut: 'Alt+T' },
  notSame: {
    id: 'merge.notSame',
    label: words.notSame,
    group,
    shortcut: 'Alt+B',
    permission: 'identification:decide',
  },
  back: { id: 'merge.back', label: words.back, group, shortcut: 'Esc' },
} satisfies Record<string, ActionDeclaration>;
