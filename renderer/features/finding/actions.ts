import type { ActionDeclaration } from '../../app/actions/action.ts';
import {
  CheckIcon,
  ChevronIcon,
  ClipboardIcon,
  EyeIcon,
  PrintIcon,
  UndoIcon,
} from '../../components/icons.tsx';
import { words } from './words.ts';

const group = words.title;

export const findingActions = {
  next: { id: 'finding.next', label: words.next, group, icon: ChevronIcon, shortcut: 'F8' },
  print: {
    id: 'finding.print',
    label: words.print,
    group,
    icon: PrintIcon,
    shortcut: 'F4',
    permission: 'finding:read',
  },
  export: {
    id: 'finding.export',
    label: words.export,
    group,
    icon: ClipboardIcon,
    shortcut: 'Alt+X',
    permission: 'data:export',
  },
} satisfies Record<string, ActionDeclaration>;

export const findingDetailActions = {
  resolve: {
    id: 'finding.resolve',
    label: words.resolve,
    group,
    icon: CheckIcon,
    shortcut: 'Ctrl+Enter',
    permission: 'finding:resolve',
  },
  reopen: {
    id: 'finding.reopen',
    label: words.reopen,
    group,
    icon: UndoIcon,
    permission: 'finding:resolve',
  },
  reveal: {
    id: 'finding.reveal',
    label: words.reveal,
    group,
    icon: EyeIcon,
    shortcut: 'Alt+N',
    permission: 'finding:resolve',
  },
  remedy: { id: 'finding.remedy', label: words.remedy, group, shortcut: 'Alt+T' },
  back: { id: 'finding.back', label: words.back, group, shortcut: 'Esc' },
} satisfies Record<string, ActionDeclaration>;
