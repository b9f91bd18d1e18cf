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
import type { MendTarget } from '../../../shared/contract/attention.ts';
import { Role } from '../../../shared/domain/role.ts';
import { sessionOf } from '../../../tests/fixtures/session-info.ts';
import { createRpcClient, TRPCProvider } from '../../app/rpc.ts';
import { SessionContext } from '../../app/session-context.ts';
import { SessionStore } from '../../app/session-store.ts';
import { MendCard } from './MendCard.tsx';
import { words } from './words.ts';

function shown(role: Role, target: MendTarget): string {
  const session = new SessionStore();
  session.begin('secret', sessionOf(role));
  const queries = new QueryClient();
  const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() });
  return renderToStaticMarkup(
    <MantineProvider env="test">
      <SessionContext value={session}>
        <QueryClientProvider client={queries}>
          <TRPCProvider trpcClient={createRpcClient(session)} queryClient={queries}>
            <RouterContextProvider router={router}>
              <MendCard
                item={{
                  kind: 'ditolak',
                  id: 'case',
                  caseId: 'case',
                  number: '3171011001/2026/000001',
                  headName: 'Slamet',
                  since: '2026-11-20T02:00:00.000Z',
                  taskId: null,
                  sentence: 'Ada isian yang tidak sesuai dengan ketentuan provinsi.',
                  from: 'Server provinsi',
                  fieldLabel: '3.4 Jenis lantai',
                  target,
                }}
              />
            </RouterContextProvider>
          </TRPCProvider>
        </QueryClientProvider>
      </SessionContext>
    </MantineProvider>,
  );
}

/** The one way out that is offered, and the sentence that goes with it. */
function offered(role: Role, target: MendTarget) {
  const html = shown(role, target);
  const buttons = [words.mend, words.mendVisit, words.openCase].filter((label) => html.includes(`${label}<`));
  return { buttons, said: [words.byVerifier, words.ofNoForm].filter((sentence) => html.includes(sentence)) };
}

const mine = (label: string) => ({ buttons: [label], said: [] });

const form: MendTarget = { to: 'formulir', field: 'members.0.nik' };
const visit: MendTarget = { to: 'kunjungan', code: '123456789012', field: 'household.lantai' };

it('a field leads to where it is typed, for whoever may type it, and says who does it for the others', () => {
  for (const role of Role.options) {
    const atCounter = role === 'petugas_loket' || role === 'petugas_verifikasi';
    expect(offered(role, form), role).toEqual(mine(atCounter ? words.mend : words.openCase));
    expect(offered(role, visit), role).toEqual(
      role === 'petugas_verifikasi'
        ? mine(words.mendVisit)
        : { buttons: [words.openCase], said: [words.byVerifier] },
    );
    expect(offered(role, { to: 'berkas' }), role).toEqual({
      buttons: [words.openCase],
      said: [words.ofNoForm],
    });
  }
});
