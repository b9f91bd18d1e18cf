import type { ActionDeclaration } from '../../app/actions/action.ts';
import { CheckIcon, FolderIcon, GearIcon, KeyIcon, SendIcon } from '../../components/icons.tsx';

export const outboxActions = {
  retry: {
    id: 'sync.retry',
    label: 'Kirim sekarang',
    group: 'Kiriman',
    icon: SendIcon,
    permission: 'sync:retry',
  },
  proof: {
    id: 'sync.proof',
    label: 'Pencocokan dengan provinsi',
    group: 'Kiriman',
    icon: CheckIcon,
    permission: 'sync:read',
  },
  courier: {
    id: 'sync.courier',
    label: 'Paket kurir',
    group: 'Kiriman',
    icon: FolderIcon,
    permission: 'courier:carry',
  },
  proxy: {
    id: 'sync.proxy',
    label: 'Proksi jaringan',
    group: 'Kiriman',
    icon: GearIcon,
    permission: 'sync:enrol',
  },
  enrol: {
    id: 'sync.enrol',
    label: 'Daftarkan kantor',
    group: 'Kiriman',
    icon: KeyIcon,
    permission: 'sync:enrol',
  },
} satisfies Record<string, ActionDeclaration>;
