import type { ActionDeclaration } from '../../app/actions/action.ts';
import { PeopleIcon, UndoIcon } from '../../components/icons.tsx';
import { words } from './words.ts';

export const duplicateActions = {
  focus: {
    id: 'duplicates.focus',
    label: words.focus,
    group: 'Formulir pendaftaran',
    icon: PeopleIcon,
    shortcut: 'Alt+M',
    permission: 'intake:write',
  },
  putBack: {
    id: 'duplicates.putBack',
    label: words.putBack,
    group: 'Formulir pendaftaran',
    icon: UndoIcon,
    shortcut: 'Ctrl+Z',
    permission: 'intake:write',
  },
} satisfies Record<string, ActionDeclaration>;
