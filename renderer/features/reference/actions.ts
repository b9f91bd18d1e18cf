import type { ActionDeclaration } from '../../app/actions/action.ts';
import { CompareIcon, PlusIcon } from '../../components/icons.tsx';

export const referenceListActions = {
  import: {
    id: 'reference.import',
    label: 'Impor daftar',
    group: 'Daftar acuan',
    icon: PlusIcon,
    shortcut: 'I',
    permission: 'reference:import',
  },
  compare: {
    id: 'reference.compare',
    label: 'Triwulan ini dan sebelumnya',
    group: 'Daftar acuan',
    icon: CompareIcon,
    shortcut: 'B',
    permission: 'reference:read',
  },
  log: {
    id: 'reference.exportLog',
    label: 'Catatan ekspor',
    group: 'Daftar acuan',
    shortcut: 'C',
    permission: 'data:export',
  },
} satisfies Record<string, ActionDeclaration>;

export const referenceImportActions = {
  restart: {
    id: 'reference.restart',
    label: 'Mulai dengan berkas lain',
    group: 'Impor daftar acuan',
    permission: 'reference:import',
  },
} satisfies Record<string, ActionDeclaration>;
