import { modals } from '@mantine/modals';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DraftSummary } from '../../../shared/contract/intake.ts';
import { DraftHousehold } from '../../../shared/domain/draft.ts';
import { describeError } from '../../../shared/errors.ts';
import { createRpcClient, TRPCProvider } from '../../app/rpc.ts';
import { SessionStore } from '../../app/session-store.ts';
import { KeptStates, KeptStatesContext } from '../../app/use-kept-state.ts';
import { sessionOf } from '../../../tests/fixtures/session-info.ts';
import { useFetchWhole } from '../duplicates/use-fetch-whole.ts';
import { useDiscard } from './use-discard.tsx';
import { replacedKey } from './use-take-over.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** What a hook gives back in a screen whose office answers every call so. */
function used<Given>(hook: () => Given, answer: () => Response) {
  const asked = vi.fn<typeof fetch>(async () => answer());
  vi.stubGlobal('fetch', asked);
  const [kept, queries, session] = [new KeptStates(), new QueryClient(), new SessionStore()];
  session.begin('secret', sessionOf('petugas_loket'));
  const given: Given[] = [];
  function Screen() {
    given.push(hook());
    return null;
  }
  renderToStaticMarkup(
    <QueryClientProvider client={queries}>
      <TRPCProvider trpcClient={createRpcClient(session)} queryClient={queries}>
        <KeptStatesContext value={kept}>
          <Screen />
        </KeptStatesContext>
      </TRPCProvider>
    </QueryClientProvider>,
  );
  const [first] = given;
  if (first === undefined) throw new Error('The screen was not drawn.');
  return { given: first, kept, queries };
}

const done = () => Response.json({ result: { data: null } });

const draft: DraftSummary = {
  id: '0198a000-0000-7000-8000-000000000001',
  version: 1,
  title: 'Budi',
  mode: 'pasif',
  street: '',
  rt: '',
  rw: '',
  members: 1,
  ownerName: 'Siti',
  mine: true,
  fork: false,
  lease: null,
  updatedAt: '2026-11-22T02:00:00.000Z',
  corrects: null,
};

describe('what was typed into a draft before a family was taken over', () => {
  const body = DraftHousehold.parse({ families: [{ no: 1 }], members: [] });
  const replaced = { before: [body], after: body, taken: body };

  /** Thrown away in the dialog that asks. @returns what is kept once the office has answered. */
  async function keptAfterDiscarding(answer: () => Response): Promise<unknown> {
    vi.spyOn(modals, 'openConfirmModal').mockImplementation(({ onConfirm }) => {
      onConfirm?.();
      return 'modal';
    });
    const { given, kept, queries } = used(useDiscard, answer);
    kept.set(replacedKey(draft.id), replaced);
    given.discard(draft);
    await vi.waitFor(() =>
      expect(queries.getMutationCache().getAll()[0]?.state.status).toMatch(/success|error/),
    );
    return kept.get(replacedKey(draft.id));
  }

  it('is forgotten with the draft that is thrown away', async () => {
    expect(await keptAfterDiscarding(() => Response.json({ result: { data: null } }))).toBeUndefined();
  });

  it('is kept where the office does not let the draft go', async () => {
    const problem = { ...describeError('draft_leased'), fields: [] };
    const data = { code: 'CONFLICT', httpStatus: 409, problem };
    const refusal = { error: { code: -32009, message: 'x', data } };
    expect(await keptAfterDiscarding(() => Response.json(refusal, { status: 409 }))).toEqual(replaced);
  });
});

describe('a draft that was thrown away', () => {
  const body = DraftHousehold.parse({ families: [{ no: 1 }], members: [] });
  const replacedOf = (phone: string) => {
    const typed = { ...body, phone };
    return { before: [typed], after: body, taken: body };
  };
  const second = { ...draft, id: '0198a000-0000-7000-8000-000000000002', title: 'Siti' };

  it('comes back with what its form replaced though another is thrown away meanwhile, which stays offered', async () => {
    vi.spyOn(modals, 'openConfirmModal').mockImplementation(({ onConfirm }) => {
      onConfirm?.();
      return 'modal';
    });
    const restoring: { id: string; answer: () => void }[] = [];
    const { given, kept, queries } = used(useDiscard, done);
    vi.mocked(fetch).mockImplementation((input, init) => {
      if (!String(input).includes('intake.restore')) return Promise.resolve(done());
      return new Promise((resolve) => {
        restoring.push({ id: String(init?.body), answer: () => resolve(done()) });
      });
    });
    const mutations = () => queries.getMutationCache().getAll();
    const answered = (count: number) =>
      vi.waitFor(() =>
        expect(mutations().filter(({ state }) => state.status === 'success')).toHaveLength(count),
      );
    kept.set(replacedKey(draft.id), replacedOf('0811'));
    kept.set(replacedKey(second.id), replacedOf('0822'));
    given.discard(draft);
    await answered(1);
    given.restore();
    given.discard(second);
    await answered(2);
    await vi.waitFor(() => expect(restoring).toHaveLength(1));
    restoring[0]?.answer();
    await answered(3);
    expect(kept.get(replacedKey(draft.id))).toEqual(replacedOf('0811'));
    expect(kept.get(replacedKey(second.id))).toBeUndefined();

    given.restore();
    await vi.waitFor(() => expect(restoring).toHaveLength(2));
    expect(restoring.map(({ id }) => id)).toEqual([
      expect.stringContaining(draft.id),
      expect.stringContaining(second.id),
    ]);
    restoring[1]?.answer();
    await answered(4);
    expect(kept.get(replacedKey(second.id))).toEqual(replacedOf('0822'));
    given.restore();
    expect(mutations()).toHaveLength(4);
  });
});

it('a family that was fetched whole is forgotten once another is looked at', async () => {
  const { given, queries } = used(useFetchWhole, () => Response.json({ result: { data: { members: [] } } }));
  const families = () => queries.getMutationCache().getAll();
  const other = { draftId: draft.id, kind: 'berkas' } as const;
  await given.mutateAsync({ ...other, otherId: '0198a000-0000-7000-8000-000000000002' });
  const [first] = families();
  await given.mutateAsync({ ...other, otherId: '0198a000-0000-7000-8000-000000000003' });
  await vi.waitFor(() => expect(families()).not.toContain(first));
});
