import type { ActionDeclaration } from '../../app/actions/action.ts';
import { CheckIcon, PrintIcon } from '../../components/icons.tsx';
import { words } from './words.ts';

const group = words.title;
const permission = 'spotcheck:make';

export const spotCheckActions = {
  draw: { id: 'spotCheck.draw', label: words.draw, group, shortcut: 'Alt+A', permission },
  print: { id: 'spotCheck.print', label: words.print, group, icon: PrintIcon, shortcut: 'F4', permission },
  rest: { id: 'spotCheck.rest', label: words.restAgrees, group, shortcut: 'Alt+S', permission },
  finish: {
    id: 'spotCheck.finish',
    label: words.finish,
    group,
    icon: CheckIcon,
    shortcut: 'Ctrl+Enter',
    permission,
  },
  back: { id: 'spotCheck.back', label: words.back, group, shortcut: 'Esc' },
} satisfies Record<string, ActionDeclaration>;
