import type { ActionDeclaration } from '../../app/actions/action.ts';
import { PlusIcon } from '../../components/icons.tsx';

export const referenceListActions = {
  import: {
    id: 'reference.import',
    label: 'Impor daftar',
    group: 'Daftar acuan',
    icon: PlusIcon,
    shortcut: 'I',
    permission: 'reference:import',
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
