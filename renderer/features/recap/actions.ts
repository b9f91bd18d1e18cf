import type { ActionDeclaration } from '../../app/actions/action.ts';
import { PrintIcon } from '../../components/icons.tsx';
import { words } from './words.ts';

export const recapActions = {
  print: {
    id: 'recap.print',
    label: 'Cetak rekapitulasi',
    group: words.title,
    icon: PrintIcon,
    shortcut: 'F4',
    permission: 'recap:read',
  },
} satisfies Record<string, ActionDeclaration>;
