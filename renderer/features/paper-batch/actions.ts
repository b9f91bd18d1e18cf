import type { ActionDeclaration } from '../../app/actions/action.ts';
import { ListIcon } from '../../components/icons.tsx';
import { words } from './words.ts';

export const paperBatchActions = {
  begin: {
    id: 'paperBatch.begin',
    label: words.begin,
    group: 'Pendaftaran',
    icon: ListIcon,
    shortcut: 'Alt+S',
    permission: 'intake:write',
  },
  amendLast: {
    id: 'paperBatch.amendLast',
    label: words.amendLast,
    group: 'Formulir pendaftaran',
    shortcut: 'Alt+U',
    permission: 'intake:write',
  },
} satisfies Record<string, ActionDeclaration>;
