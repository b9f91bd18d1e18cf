import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { ActionRegistry } from './actions/action-registry.ts';
import { ActionRegistryContext } from './actions/use-actions.ts';
import type { Role } from '../../shared/domain/role.ts';
import { createAppRouter } from './router.tsx';
import { useRole } from './session-context.ts';
import { landing } from './shell/landing.ts';
import { DocumentsProvider } from './DocumentViewer.tsx';
import { KeptStates, KeptStatesContext } from './use-kept-state.ts';

/** Everything behind the login of one person: their screens, their actions, what they typed. */
export function Workplace() {
  const role = useRole();
  const [router] = useState(() => openRouter(role));
  const [actions] = useState(() => new ActionRegistry());
  const [kept] = useState(() => new KeptStates());
  return (
    <ActionRegistryContext value={actions}>
      <KeptStatesContext value={kept}>
        <DocumentsProvider>
          <RouterProvider router={router} />
        </DocumentsProvider>
      </KeptStatesContext>
    </ActionRegistryContext>
  );
}

/** At the address of before, e.g. after a reload; from the door, where the day of this role begins. */
function openRouter(role: Role): ReturnType<typeof createAppRouter> {
  const router = createAppRouter();
  if (router.history.location.pathname === '/') router.history.replace(landing[role]);
  return router;
}
