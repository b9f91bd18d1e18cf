import type { ActionDeclaration } from '../../app/actions/action.ts';
import { CheckIcon, PrintIcon, SearchIcon } from '../../components/icons.tsx';
import { words } from './words.ts';

const list = words.title;
const entry = 'Entri formulir';

export const workListActions = {
  print: {
    id: 'verification.print',
    label: 'Cetak formulir',
    group: list,
    icon: PrintIcon,
    shortcut: 'F4',
    permission: 'verification:print',
  },
  selectAll: {
    id: 'verification.selectAll',
    label: words.selectAll,
    group: list,
    icon: CheckIcon,
    shortcut: 'Alt+S',
    permission: 'verification:print',
  },
  stack: {
    id: 'verification.stack',
    label: words.stack,
    group: list,
    shortcut: 'Alt+E',
    permission: 'verification:enter',
  },
  ledger: {
    id: 'verification.ledger',
    label: words.ledger,
    group: list,
    shortcut: 'Alt+B',
    permission: 'verification:enter',
  },
  scan: {
    id: 'verification.scan',
    label: 'Ketik kode lembar',
    group: list,
    icon: SearchIcon,
    shortcut: '/',
    permission: 'verification:enter',
  },
} satisfies Record<string, ActionDeclaration>;

export const entryActions = {
  finish: {
    id: 'verification.finish',
    label: words.finish,
    group: entry,
    shortcut: 'Ctrl+Enter',
    permission: 'verification:enter',
  },
  compare: {
    id: 'verification.compare',
    label: words.compare,
    group: entry,
    shortcut: 'Alt+B',
    permission: 'verification:enter',
  },
  takeRecorded: {
    id: 'verification.takeRecorded',
    label: words.takeRecorded,
    group: entry,
    shortcut: 'Alt+T',
    permission: 'verification:enter',
  },
  toIdentity: {
    id: 'verification.toIdentity',
    label: words.toIdentity,
    group: entry,
    shortcut: 'Alt+P',
    permission: 'verification:enter',
  },
  toPhotos: {
    id: 'verification.toPhotos',
    label: words.toPhotos,
    group: entry,
    shortcut: 'Alt+F',
    permission: 'verification:enter',
  },
  addMember: {
    id: 'verification.addMember',
    label: words.addMember,
    group: entry,
    shortcut: 'Alt+N',
    permission: 'verification:enter',
  },
  back: { id: 'verification.back', label: words.back, group: entry, shortcut: 'Esc' },
} satisfies Record<string, ActionDeclaration>;
