import type { ActionDeclaration } from '../../app/actions/action.ts';
import { ChevronIcon, ClipboardIcon, EyeIcon, PrintIcon, SearchIcon } from '../../components/icons.tsx';

const list = 'Daftar berkas';
const detail = 'Berkas';

export const caseListActions = {
  search: { id: 'cases.search', label: 'Cari berkas', group: list, icon: SearchIcon, shortcut: '/' },
  export: {
    id: 'cases.export',
    label: 'Ekspor yang ditampilkan',
    group: list,
    shortcut: 'Alt+X',
    permission: 'data:export',
  },
  chooseFilter: {
    id: 'cases.chooseFilter',
    label: 'Saringan tersimpan',
    group: list,
    shortcut: 'Alt+G',
  },
  saveFilter: {
    id: 'cases.saveFilter',
    label: 'Simpan saringan',
    group: list,
    shortcut: 'Alt+S',
  },
  dropFilter: { id: 'cases.dropFilter', label: 'Buang dari saringan tersimpan', group: list },
  clear: { id: 'cases.clear', label: 'Tampilkan semua', group: list },
  next: { id: 'cases.next', label: 'Berkas berikutnya', group: list, icon: ChevronIcon, shortcut: 'F8' },
} satisfies Record<string, ActionDeclaration>;

export const caseDetailActions = {
  back: { id: 'cases.back', label: 'Kembali ke daftar', group: detail, shortcut: 'Esc' },
  correct: {
    id: 'cases.correct',
    label: 'Perbaiki data',
    group: detail,
    icon: ClipboardIcon,
    permission: 'intake:write',
  },
  reveal: {
    id: 'cases.reveal',
    label: 'Tampilkan NIK dan KK',
    group: detail,
    icon: EyeIcon,
    shortcut: 'Alt+N',
    permission: 'case:read',
  },
  duplicate: {
    id: 'cases.duplicate',
    label: 'Salin sebagai pendaftaran baru',
    group: detail,
    shortcut: 'Alt+D',
    permission: 'intake:write',
  },
  consent: {
    id: 'cases.consent',
    label: 'Catat persetujuan',
    group: detail,
    shortcut: 'Alt+J',
    permission: 'intake:write',
  },
  printReceipt: {
    id: 'cases.printReceipt',
    label: 'Cetak tanda terima',
    group: detail,
    icon: PrintIcon,
    shortcut: 'F4',
  },
  printForm: {
    id: 'cases.printForm',
    label: 'Cetak formulir pendaftaran',
    group: detail,
    icon: PrintIcon,
    shortcut: 'Alt+F',
  },
  printProfile: {
    id: 'cases.printProfile',
    label: 'Cetak profil keluarga',
    group: detail,
    icon: PrintIcon,
    shortcut: 'Alt+P',
  },
} satisfies Record<string, ActionDeclaration>;
