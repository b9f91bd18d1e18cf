import type { ActionDeclaration } from '../../app/actions/action.ts';
import { ListIcon, PeopleIcon, PlusIcon } from '../../components/icons.tsx';
import { words } from './words.ts';

const group = words.title;

export const teamActions = {
  share: {
    id: 'team.share',
    label: words.share,
    group,
    icon: PeopleIcon,
    shortcut: 'Ctrl+Enter',
    permission: 'team:assign',
  },
  add: {
    id: 'team.add',
    label: words.add,
    group,
    icon: PlusIcon,
    shortcut: 'Alt+A',
    permission: 'team:write',
  },
  addDecree: {
    id: 'team.addDecree',
    label: words.addDecree,
    group,
    icon: ListIcon,
    shortcut: 'Alt+K',
    permission: 'team:write',
  },
} satisfies Record<string, ActionDeclaration>;
