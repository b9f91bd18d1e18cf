import type { ActionDeclaration } from '../../app/actions/action.ts';
import { PlusIcon } from '../../components/icons.tsx';

export const accountsActions = {
  add: {
    id: 'accounts.add',
    label: 'Tambah akun',
    group: 'Akun',
    icon: PlusIcon,
    permission: 'accounts:manage',
  },
} satisfies Record<string, ActionDeclaration>;
