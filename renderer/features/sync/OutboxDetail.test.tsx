import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterContextProvider,
} from '@tanstack/react-router';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { OutboxItem } from '../../../shared/contract/sync.ts';
import { OutboxState } from '../../../shared/domain/outbox.ts';
import { sessionOf } from '../../../tests/fixtures/session-info.ts';
import { createRpcClient, TRPCProvider } from '../../app/rpc.ts';
import { SessionContext } from '../../app/session-context.ts';
import { SessionStore } from '../../app/session-store.ts';
import { OutboxDetail } from './OutboxDetail.tsx';
import { words } from './words.ts';

const at = '2026-11-20T02:00:00.000Z';

function shown(item: Pick<OutboxItem, 'state' | 'toMend'>): string {
  const session = new SessionStore();
  session.begin('secret', sessionOf('petugas_verifikasi'));
  const queries = new QueryClient();
  const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() });
  return renderToStaticMarkup(
    <MantineProvider env="test">
      <SessionContext value={session}>
        <QueryClientProvider client={queries}>
          <TRPCProvider trpcClient={createRpcClient(session)} queryClient={queries}>
            <RouterContextProvider router={router}>
              <OutboxDetail
                item={{
                  id: 'item',
                  caseId: 'case',
                  number: '3171011001/2026/000001',
                  headName: 'Slamet',
                  rt: 3,
                  rw: 5,
                  sentence: 'Kalimat.',
                  field: null,
                  tries: 1,
                  mayRetry: false,
                  queuedAt: at,
                  updatedAt: at,
                  hash: 'hash',
                  courier: null,
                  receipt: null,
                  sharing: null,
                  ...item,
                }}
                onClose={() => {}}
              />
            </RouterContextProvider>
          </TRPCProvider>
        </QueryClientProvider>
      </SessionContext>
    </MantineProvider>,
  );
}

it.each(OutboxState.options)(
  '%s: leads to "Perlu perhatian" where it waits for a person there, and else not',
  (state) => {
    const { ditolak, bertentangan } = words.mend;
    const way = state === 'ditolak' ? ditolak : state === 'bertentangan' ? bertentangan : null;
    const toMend = shown({ state, toMend: way !== null });
    for (const label of [ditolak, bertentangan]) expect(toMend.includes(label)).toBe(label === way);
    const done = shown({ state, toMend: false });
    for (const label of [ditolak, bertentangan]) expect(done).not.toContain(label);
    for (const html of [toMend, done]) expect(html).toContain(words.openCase);
  },
);
