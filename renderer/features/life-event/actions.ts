import type { ActionDeclaration } from '../../app/actions/action.ts';
import { PeopleIcon } from '../../components/icons.tsx';

export const lifeEventActions = {
  record: {
    id: 'lifeEvent.record',
    label: 'Catat peristiwa keluarga',
    group: 'Berkas',
    icon: PeopleIcon,
    shortcut: 'Alt+E',
    permission: 'correction:propose',
  },
} satisfies Record<string, ActionDeclaration>;
