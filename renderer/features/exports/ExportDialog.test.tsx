import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { ExportProgress, ExportSubject } from '../../../shared/contract/exports.ts';
import { createRpcClient, TRPCProvider } from '../../app/rpc.ts';
import { SessionStore } from '../../app/session-store.ts';
import { KeptStates, KeptStatesContext } from '../../app/use-kept-state.ts';
import { anew, Exporting } from './ExportDialog.tsx';
import { words } from './words.ts';

const nothing = () => {};
const first: ExportSubject = { kind: 'acuan', listId: '0198a000-0000-7000-8000-000000000001' };
const second: ExportSubject = { kind: 'acuan', listId: '0198a000-0000-7000-8000-000000000002' };

const running: ExportProgress = {
  id: 'job',
  state: 'berjalan',
  done: 1,
  total: 4,
  message: 'Menulis',
  problem: null,
  file: null,
};
const ready: ExportProgress = {
  ...running,
  state: 'selesai',
  file: { exportId: 'e', fileName: 'BDT-2015.xlsx', rows: 1200, sha256: '' },
};

/** The dialog as it opens again. */
function shown(
  subject: ExportSubject,
  kept: Readonly<Record<string, unknown>>,
  job?: ExportProgress,
): string {
  const states = new KeptStates();
  for (const [key, value] of Object.entries(kept)) states.set(key, value);
  const queries = new QueryClient();
  queries.setQueryData([['exports', 'progress'], { input: { jobId: 'job' }, type: 'query' }], job);
  return renderToStaticMarkup(
    <MantineProvider env="test">
      <QueryClientProvider client={queries}>
        <TRPCProvider trpcClient={createRpcClient(new SessionStore())} queryClient={queries}>
          <KeptStatesContext value={states}>
            <Exporting subject={subject} choices={[]} onClose={nothing} />
          </KeptStatesContext>
        </TRPCProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

it('an export that was left with Esc is gone back to, on its way or ready to be saved', () => {
  const kept = { [`exports.job.${JSON.stringify(first)}`]: 'job' };
  expect(shown(first, kept, running)).toContain('25 %');
  const done = shown(first, kept, ready);
  expect(done).toContain('BDT-2015.xlsx: 1.200 baris');
  expect(done).toContain(words.save);
  // The dialog gives the keyboard to it, also where it opens again.
  expect(done).toMatch(/<button[^>]*data-autofocus[^>]*>(?:(?!<button).)*Simpan berkas/);
  // Another list, or the same under another filter, is another file.
  expect(shown(second, kept, ready)).toContain(words.purpose);
});

it('a form half filled in is of its list, and of no other', () => {
  const typed = {
    content: '1',
    purpose: 'Padan ulang',
    recipient: 'Dinsos',
    basis: '',
    password: 'rahasia-12',
  };
  const kept = { [`exports.form.acuan.${first.listId}`]: typed };
  expect(shown(first, kept)).toContain('value="Padan ulang"');
  expect(shown(second, kept)).not.toContain('Padan ulang');
});

it('a further export has a password of its own', () => {
  const made = {
    content: '1',
    purpose: 'Padan ulang',
    recipient: 'Dinsos',
    basis: '',
    password: 'rahasia-12',
  };
  const next = anew(made);
  expect(next).toEqual({ ...made, password: next.password });
  expect(next.password).not.toBe(made.password);
  expect(anew(made).password).not.toBe(next.password);
});
