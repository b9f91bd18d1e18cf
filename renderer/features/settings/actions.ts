import type { ActionDeclaration } from '../../app/actions/action.ts';
import { CheckIcon } from '../../components/icons.tsx';
import { words } from './words.ts';

export const settingsActions = {
  save: {
    id: 'settings.save',
    label: words.save,
    group: words.title,
    icon: CheckIcon,
    shortcut: 'Ctrl+Enter',
    permission: 'settings:write',
  },
} satisfies Record<string, ActionDeclaration>;
