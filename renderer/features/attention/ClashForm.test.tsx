import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { ClashItem } from '../../../shared/contract/attention.ts';
import type { Role } from '../../../shared/domain/role.ts';
import { sessionOf } from '../../../tests/fixtures/session-info.ts';
import { createRpcClient, TRPCProvider } from '../../app/rpc.ts';
import { SessionContext } from '../../app/session-context.ts';
import { SessionStore } from '../../app/session-store.ts';
import { KeptStates, KeptStatesContext } from '../../app/use-kept-state.ts';
import { ClashForm } from './ClashForm.tsx';
import { words } from './words.ts';

const at = '2026-11-20T02:00:00.000Z';
const item: ClashItem = {
  kind: 'pertentangan',
  id: 'case',
  caseId: 'case',
  number: '3171011001/2026/000001',
  headName: 'Slamet',
  since: at,
  retraction: false,
  fields: [
    {
      id: 'rt',
      label: 'RT',
      visit: null,
      base: '3',
      ours: '21',
      oursBy: 'Siti',
      oursAt: at,
      theirs: '17',
      theirsBy: 'Dinas Dukcapil',
      theirsAt: at,
    },
  ],
};

function shown(role: Role, kept: unknown): string {
  const session = new SessionStore();
  session.begin('secret', sessionOf(role));
  const states = new KeptStates();
  states.set('attention.clash.case', kept);
  const queries = new QueryClient();
  return renderToStaticMarkup(
    <MantineProvider env="test">
      <SessionContext value={session}>
        <QueryClientProvider client={queries}>
          <TRPCProvider trpcClient={createRpcClient(session)} queryClient={queries}>
            <KeptStatesContext value={states}>
              <ClashForm item={item} />
            </KeptStatesContext>
          </TRPCProvider>
        </QueryClientProvider>
      </SessionContext>
    </MantineProvider>,
  );
}

const chosen = /<input[^>]*(checked=""[^>]*value="provinsi"|value="provinsi"[^>]*checked="")/;

it('a choice stands when the case was opened to look, unless that field differs no longer', () => {
  expect(shown('lurah', { rt: 'provinsi' })).toMatch(chosen);
  expect(shown('lurah', {})).not.toMatch(chosen);
  expect(shown('lurah', { rw: 'provinsi' })).not.toMatch(chosen);
});

it('whoever may not decide reads who does', () => {
  expect(words.decidedBy).toContain('petugas verifikasi atau lurah');
  for (const role of ['petugas_loket', 'administrator'] as const) {
    expect(shown(role, {}), role).toContain(words.decidedBy);
    expect(shown(role, {}), role).not.toContain(words.decide);
  }
  expect(shown('petugas_verifikasi', {})).toContain(words.decide);
  expect(shown('petugas_verifikasi', {})).not.toContain(words.decidedBy);
});
