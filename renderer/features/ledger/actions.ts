import type { ActionDeclaration } from '../../app/actions/action.ts';
import { words } from './words.ts';

const group = words.title;

export const ledgerActions = {
  receive: {
    id: 'ledger.receive',
    label: words.receive,
    group,
    shortcut: 'Alt+T',
    permission: 'verification:enter',
  },
  handOut: {
    id: 'ledger.handOut',
    label: words.handOut,
    group,
    shortcut: 'Alt+K',
    permission: 'verification:print',
  },
  cover: {
    id: 'ledger.cover',
    label: words.cover,
    group,
    shortcut: 'F4',
    permission: 'verification:print',
  },
  attach: {
    id: 'ledger.attach',
    label: words.attach,
    group,
    shortcut: 'Alt+G',
    permission: 'verification:enter',
  },
  show: { id: 'ledger.show', label: words.show, group, shortcut: 'Alt+L', permission: 'case:read' },
  back: { id: 'ledger.back', label: words.back, group, shortcut: 'Esc' },
} satisfies Record<string, ActionDeclaration>;
