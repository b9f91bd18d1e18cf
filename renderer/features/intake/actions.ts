import type { ActionDeclaration } from '../../app/actions/action.ts';
import { ClipboardIcon, EyeIcon, FolderIcon, PlusIcon, PrintIcon } from '../../components/icons.tsx';
import { words } from './words.ts';

const list = words.title;
const form = 'Formulir pendaftaran';

export const draftListActions = {
  newPassive: {
    id: 'intake.newPassive',
    label: words.newPassive,
    group: list,
    icon: PlusIcon,
    shortcut: 'Shift+F2',
    permission: 'intake:write',
  },
  next: {
    id: 'intake.nextDraft',
    label: 'Lanjutkan draf teratas',
    group: list,
    icon: ClipboardIcon,
    shortcut: 'F8',
    permission: 'intake:write',
  },
  restore: {
    id: 'intake.restoreDraft',
    label: 'Ambil kembali draf yang dibuang',
    group: list,
    shortcut: 'Ctrl+Z',
    permission: 'intake:write',
  },
} satisfies Record<string, ActionDeclaration>;

export const intakeFormActions = {
  register: {
    id: 'intake.register',
    label: words.register,
    group: form,
    shortcut: 'Ctrl+Enter',
    permission: 'intake:write',
  },
  lastAddress: {
    id: 'intake.lastAddress',
    label: words.lastAddress,
    group: form,
    shortcut: 'Alt+A',
    permission: 'intake:write',
  },
  addMember: {
    id: 'intake.addMember',
    label: words.addMember,
    group: form,
    shortcut: 'Alt+T',
    permission: 'intake:write',
  },
  addFamily: {
    id: 'intake.addFamily',
    label: words.addFamily,
    group: form,
    shortcut: 'Alt+K',
    permission: 'intake:write',
  },
  mend: {
    id: 'intake.mend',
    label: 'Pakai saran isian ini',
    group: form,
    shortcut: 'Alt+P',
    permission: 'intake:write',
  },
  undo: {
    id: 'intake.undo',
    label: 'Urungkan penghapusan',
    group: form,
    shortcut: 'Ctrl+Z',
    permission: 'intake:write',
  },
  seeAll: {
    id: 'intake.seeAll',
    label: 'Semua isian sudah dicocokkan',
    group: form,
    permission: 'intake:write',
  },
  readBack: {
    id: 'intake.readBack',
    label: words.readBack,
    group: form,
    icon: EyeIcon,
    shortcut: 'F7',
    permission: 'intake:write',
  },
  back: { id: 'intake.back', label: 'Kembali ke daftar draf', group: form, shortcut: 'Esc' },
} satisfies Record<string, ActionDeclaration>;

export const registeredActions = {
  print: {
    id: 'intake.printReceipt',
    label: words.printReceipt,
    group: 'Sesudah mendaftar',
    icon: PrintIcon,
    shortcut: 'F4',
    permission: 'case:read',
  },
  open: {
    id: 'intake.openCase',
    label: words.openCase,
    group: 'Sesudah mendaftar',
    icon: FolderIcon,
    permission: 'case:read',
  },
} satisfies Record<string, ActionDeclaration>;
