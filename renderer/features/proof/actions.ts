import type { ActionDeclaration } from '../../app/actions/action.ts';
import { CheckIcon } from '../../components/icons.tsx';

export const proofActions = {
  compare: {
    id: 'proof.compare',
    label: 'Cocokkan sekarang',
    group: 'Kiriman',
    icon: CheckIcon,
    permission: 'sync:read',
  },
} satisfies Record<string, ActionDeclaration>;
