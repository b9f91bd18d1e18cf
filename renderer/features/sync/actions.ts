import type { ActionDeclaration } from '../../app/actions/action.ts';
import { KeyIcon, SendIcon } from '../../components/icons.tsx';

export const outboxActions = {
  retry: {
    id: 'sync.retry',
    label: 'Kirim sekarang',
    group: 'Kiriman',
    icon: SendIcon,
    permission: 'sync:retry',
  },
  enrol: {
    id: 'sync.enrol',
    label: 'Daftarkan kantor',
    group: 'Kiriman',
    icon: KeyIcon,
    permission: 'sync:enrol',
  },
} satisfies Record<string, ActionDeclaration>;
