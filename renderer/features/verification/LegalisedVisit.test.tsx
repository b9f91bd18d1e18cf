import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { OpenSheet } from '../../../shared/contract/verification.ts';
import { questionsOf, valueOf } from '../../../shared/domain/instrument.ts';
import type { VisitEdit } from '../../../shared/domain/visit-amendment.ts';
import { emptyVisit } from '../../../shared/domain/visit-entry.ts';
import { bundledInstrument } from '../../../tests/fixtures/instruments.ts';
import { sessionOf } from '../../../tests/fixtures/session-info.ts';
import { createRpcClient, TRPCProvider } from '../../app/rpc.ts';
import { SessionContext } from '../../app/session-context.ts';
import { SessionStore } from '../../app/session-store.ts';
import { KeptStates, KeptStatesContext } from '../../app/use-kept-state.ts';
import { fieldId } from './entry-edit.ts';
import { LegalisedVisit } from './LegalisedVisit.tsx';
import { SheetSearch } from './work-search.ts';
import { words } from './words.ts';

const instrument = bundledInstrument('bdt-2015-1');
const question = questionsOf(instrument.household).find(
  ({ kind, kept }) => kind === 'choice' && kept === null,
);
if (question === undefined) throw new Error('The questionnaire asks no choice.');
const [first = '', second = ''] = question.options.map(valueOf);
const path = `household.${question.id}`;

const household: OpenSheet['household'] = {
  address: { street: 'Jl. Kwitang 3', rt: 1, rw: 2, kelurahan: '31.71.01.1001' },
  phone: null,
  families: [{ no: 1, kk: null }],
  members: [
    {
      id: '0198a000-0000-7000-8000-000000000001',
      name: 'Slamet',
      nik: null,
      nikNote: null,
      sex: 'L',
      birthPlace: null,
      birthDate: '1980-03-12',
      relation: '1',
      familyNo: 1,
      familyRelation: '1',
      motherName: null,
    },
  ],
};
const sheet: OpenSheet = {
  sheetId: 'sheet',
  code: '123456789012',
  printNo: 1,
  printedAt: '2026-11-01T02:00:00.000Z',
  caseId: '0198a000-0000-7000-8000-000000000009',
  number: '3171011001/2026/000001',
  state: 'DITOLAK',
  headName: 'Slamet',
  street: 'Jl. Kwitang 3',
  rt: 1,
  rw: 2,
  editable: false,
  correctable: true,
  changes: [],
  sheetState: 'dientri',
  differenceReasons: [],
  instrument,
  household,
  printed: household,
  nikAreas: {},
  recorded: { household: {}, families: {}, members: {} },
  files: [],
  entry: {
    ...emptyVisit('Rina'),
    result: '1',
    visitedOn: '2026-11-09',
    household: { [question.id]: first },
  },
  version: 1,
  savedAt: '2026-11-09T02:00:00.000Z',
  enteredByName: 'Budi',
  amendment: [],
};

async function shown(search: string, kept: unknown = null, amendment: VisitEdit[] = []): Promise<string> {
  const session = new SessionStore();
  session.begin('secret', sessionOf('petugas_verifikasi'));
  const queries = new QueryClient();
  const states = new KeptStates();
  states.set('verification.amend.sheet', kept);
  states.set('verification.amend.sheet.version', 1);
  const root = createRootRoute();
  const route = createRoute({
    getParentRoute: () => root,
    path: '/verification/$code',
    component: () => <LegalisedVisit sheet={{ ...sheet, amendment }} />,
    validateSearch: SheetSearch,
  });
  const router = createRouter({
    routeTree: root.addChildren([route]),
    history: createMemoryHistory({ initialEntries: [`/verification/${sheet.code}${search}`] }),
  });
  await router.load();
  return renderToStaticMarkup(
    <MantineProvider env="test">
      <SessionContext value={session}>
        <QueryClientProvider client={queries}>
          <TRPCProvider trpcClient={createRpcClient(session)} queryClient={queries}>
            <KeptStatesContext value={states}>
              <RouterProvider router={router} />
            </KeptStatesContext>
          </TRPCProvider>
        </QueryClientProvider>
      </SessionContext>
    </MantineProvider>,
  );
}

/** Whether the question stands in a part of the form that can be typed in; and what it holds. */
function questionIn(html: string): { typed: boolean; value: string | undefined } {
  const at = html.indexOf(`id="${fieldId(path)}"`);
  const part = html.slice(html.lastIndexOf('<fieldset', at), at);
  const input = html.slice(html.lastIndexOf('<', at), html.indexOf('>', at));
  return { typed: !/^<fieldset[^>]*\sdisabled/.test(part), value: /value="([^"]*)"/.exec(input)?.[1] };
}

it('is read, until somebody begins to mend it', async () => {
  const html = await shown('');
  expect(html).toContain(words.amend);
  expect(html).not.toContain(words.propose);
  expect(questionIn(html).typed).toBe(false);
});

it('opens for mending where the province named a question, the identity still closed', async () => {
  const html = await shown(`?field=${path}`);
  expect(html).toContain(words.amending);
  expect(html).toContain(words.propose);
  expect(questionIn(html).typed).toBe(true);
  expect(html).toMatch(/<fieldset[^>]*disabled[^>]*><section[^>]*identity/);
});

it('goes on with what was typed of it before the screen was left', async () => {
  const before = questionIn(await shown('')).value;
  const html = await shown('', [{ path: `visit.${path}`, before: first, after: second }]);
  expect(html).toContain(words.amending);
  expect(questionIn(html).value).not.toBe(before);
});

it('goes on with what the office kept of it', async () => {
  const html = await shown('', null, [{ path: `visit.${path}`, before: first, after: second }]);
  expect(html).toContain(words.amending);
  expect(questionIn(html).value).toBe(
    questionIn(await shown('', [{ path: `visit.${path}`, before: first, after: second }])).value,
  );
});
