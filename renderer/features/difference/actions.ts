import type { ActionDeclaration } from '../../app/actions/action.ts';
import { CheckIcon, CloseIcon, UndoIcon } from '../../components/icons.tsx';

const group = 'Perbedaan daftar';

export const differenceActions = {
  back: { id: 'difference.back', label: 'Kembali ke daftar acuan', group, shortcut: 'Esc' },
  export: {
    id: 'difference.export',
    label: 'Ekspor yang ditampilkan',
    group,
    shortcut: 'E',
    permission: 'data:export',
  },
  accept: {
    id: 'difference.accept',
    label: 'Terima',
    group,
    icon: CheckIcon,
    shortcut: 'T',
    permission: 'reference:import',
  },
  refuse: {
    id: 'difference.refuse',
    label: 'Tolak',
    group,
    icon: CloseIcon,
    shortcut: 'X',
    permission: 'reference:import',
  },
  takeBack: {
    id: 'difference.takeBack',
    label: 'Urungkan keputusan',
    group,
    icon: UndoIcon,
    shortcut: 'Ctrl+Z',
    permission: 'reference:import',
  },
  decisions: { id: 'difference.decisions', label: 'Keputusan sejauh ini', group },
  save: {
    id: 'difference.save',
    label: 'Simpan yang diterima',
    group,
    icon: CheckIcon,
    shortcut: 'Ctrl+Enter',
    permission: 'reference:import',
  },
  discard: { id: 'difference.discard', label: 'Buang berkas', group, permission: 'reference:import' },
  undo: {
    id: 'difference.undo',
    label: 'Urungkan impor',
    group,
    icon: UndoIcon,
    permission: 'reference:import',
  },
} satisfies Record<string, ActionDeclaration>;
