import type { ActionDeclaration } from '../../app/actions/action.ts';
import { FolderIcon, InboxIcon } from '../../components/icons.tsx';

export const courierActions = {
  make: {
    id: 'courier.make',
    label: 'Buat paket kurir',
    group: 'Kiriman',
    icon: FolderIcon,
    permission: 'courier:carry',
  },
  read: {
    id: 'courier.read',
    label: 'Baca paket jawaban',
    group: 'Kiriman',
    icon: InboxIcon,
    permission: 'courier:carry',
  },
} satisfies Record<string, ActionDeclaration>;
