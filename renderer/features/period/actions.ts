import type { ActionDeclaration } from '../../app/actions/action.ts';
import { CalendarIcon, LockIcon } from '../../components/icons.tsx';
import { words } from './words.ts';

const group = words.title;

export const periodActions = {
  editDates: {
    id: 'period.editDates',
    label: words.editDates,
    group,
    icon: CalendarIcon,
    shortcut: 'Alt+T',
    permission: 'period:plan',
  },
  close: {
    id: 'period.close',
    label: words.close,
    group,
    icon: LockIcon,
    permission: 'period:close',
  },
} satisfies Record<string, ActionDeclaration>;
