import type { ActionDeclaration } from '../../app/actions/action.ts';
import { ChevronIcon, CheckIcon, FolderIcon } from '../../components/icons.tsx';
import { words } from './words.ts';

const group = words.title;

/** Keys of the inbox. The letters are the first of their words; X crosses out. */
export const approvalActions = {
  approve: {
    id: 'approval.approve',
    label: 'Setujui atau sahkan',
    group,
    icon: CheckIcon,
    shortcut: 'S',
    permission: 'approval:decide',
  },
  approveAlso: {
    id: 'approval.approveAlso',
    label: 'Setujui atau sahkan',
    group,
    shortcut: 'Ctrl+Enter',
    permission: 'approval:decide',
  },
  sendBack: {
    id: 'approval.sendBack',
    label: 'Kembalikan dengan alasan',
    group,
    shortcut: 'K',
    permission: 'approval:decide',
  },
  refuse: {
    id: 'approval.refuse',
    label: 'Tolak dengan alasan',
    group,
    shortcut: 'X',
    permission: 'approval:decide',
  },
  next: {
    id: 'approval.next',
    label: 'Berikutnya',
    group,
    icon: ChevronIcon,
    shortcut: 'F8',
    permission: 'approval:decide',
  },
  approveChosen: {
    id: 'approval.approveChosen',
    label: 'Setujui semua yang dipilih',
    group,
    shortcut: 'Ctrl+Shift+Enter',
    permission: 'approval:decide',
  },
  otherKind: {
    id: 'approval.otherKind',
    label: 'Ganti bagian',
    group,
    shortcut: 'Alt+B',
    permission: 'approval:decide',
  },
  nextPage: {
    id: 'approval.nextPage',
    label: 'Halaman berikutnya',
    group,
    shortcut: 'Alt+PageDown',
    permission: 'approval:decide',
  },
  lastPage: {
    id: 'approval.lastPage',
    label: 'Halaman sebelumnya',
    group,
    shortcut: 'Alt+PageUp',
    permission: 'approval:decide',
  },
  openCase: {
    id: 'approval.openCase',
    label: words.openCase,
    group,
    icon: FolderIcon,
    permission: 'case:read',
  },
} satisfies Record<string, ActionDeclaration>;
