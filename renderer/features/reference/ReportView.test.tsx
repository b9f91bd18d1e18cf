import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { sessionOf } from '../../../tests/fixtures/session-info.ts';
import { emptyReport } from '../../../shared/contract/reference.ts';
import type { Role } from '../../../shared/domain/role.ts';
import { createRpcClient, TRPCProvider } from '../../app/rpc.ts';
import { SessionContext } from '../../app/session-context.ts';
import { SessionStore } from '../../app/session-store.ts';
import { KeptStates, KeptStatesContext } from '../../app/use-kept-state.ts';
import { refusedColumns } from './columns.tsx';
import { ReportView } from './ReportView.tsx';
import { SendBack } from './SendBack.tsx';
import { words } from './words.ts';

function shown(role: Role, part: ReactNode): string {
  const session = new SessionStore();
  session.begin('secret', sessionOf(role));
  const queries = new QueryClient();
  return renderToStaticMarkup(
    <MantineProvider env="test">
      <QueryClientProvider client={queries}>
        <TRPCProvider trpcClient={createRpcClient(session)} queryClient={queries}>
          <SessionContext value={session}>
            <KeptStatesContext value={new KeptStates()}>{part}</KeptStatesContext>
          </SessionContext>
        </TRPCProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

const of = { listId: '0198a000-0000-7000-8000-000000000002' };

it('offers the refused rows to whoever may export, where they are kept', () => {
  expect(shown('petugas_verifikasi', <SendBack of={of} />)).toMatch(
    /<button(?:(?!<button).)*Kembalikan ke pengirim/,
  );
  expect(shown('petugas_loket', <SendBack of={of} />)).not.toContain(words.sendBack);
  expect(shown('petugas_verifikasi', <SendBack of={null} />)).not.toContain(words.sendBack);
  expect(shown('petugas_verifikasi', <SendBack of={null} />)).toContain(words.refusedNotKept);
});

it('names the editions that the list was read by, where they are known', () => {
  const read = { ...emptyReport, readBy: ['Jenis PPKS edisi 1'] };
  expect(shown('petugas_loket', <ReportView report={read} refusedOf={of} />)).toContain(
    'Dibaca menurut Jenis PPKS edisi 1.',
  );
  expect(shown('petugas_loket', <ReportView report={emptyReport} refusedOf={of} />)).not.toContain(
    'Dibaca menurut',
  );
});

it('cuts what is wrong with a row at the room that it has, and says it whole to the mouse', () => {
  const message = 'No KK tertulis "3,17E+15". '.repeat(9);
  const row = { row: 7, reason: 'kk_damaged' as const, message, columns: ['nomor_kk'] };
  const cell = refusedColumns.find(({ key }) => key === 'message')?.render(row);
  const markup = shown('petugas_loket', cell);
  expect(markup).toContain('data-line-clamp="true"');
  expect(markup).toMatch(/title="No KK tertulis/);
});
