import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseAction } from '../../shared/domain/case-flow.ts';
import type { Household } from '../../shared/domain/household.ts';
import type { Register } from '../../electron/services/register.ts';
import { registerActive, syntheticFamily } from './families.ts';
import { type Client, codeOf, openTestOffice, type TestOffice } from './office.ts';

let t: TestOffice;
let clerk: Client;
let verifier: Client;
let lurah: Client;
let register: Register;

beforeAll(async () => {
  t = await openTestOffice({
    startBackground: (opened) => {
      register = opened;
      return { stop: async () => {} };
    },
  });
  clerk = await t.as('petugas_loket');
  verifier = await t.as('petugas_verifikasi');
  lurah = await t.as('lurah');
});
afterAll(() => t.close());

function renamed(n: number, name: string): Household {
  const family = syntheticFamily(n, 40, 40);
  return {
    ...family,
    members: family.members.map((member, at) => (at === 0 ? { ...member, name } : member)),
  };
}

/** Mends the name of a family's head. */
async function rename(caseId: string, name: string): Promise<void> {
  const draft = await clerk.intake.correct.mutate({ caseId });
  const [head, ...others] = draft.body.members;
  if (head === undefined) throw new Error('Nobody lives there.');
  const body = { ...draft.body, members: [{ ...head, name }, ...others] };
  const { version } = await clerk.intake.save.mutate({ draftId: draft.id, version: draft.version, body });
  await clerk.intake.register.mutate({ draftId: draft.id, version });
}

function step(client: Client, caseId: string, action: CaseAction, reason: string | null = null, version = 1) {
  return client.cases.takeStep.mutate({ caseId, action, reason, version });
}

describe('the steps of a case', () => {
  it('are refused to the wrong role, from the wrong state, without a reason, and on a changed case', async () => {
    const { caseId } = await registerActive(clerk, syntheticFamily(1));
    expect(await codeOf(step(clerk, caseId, 'sahkan'))).toBe('step_not_possible');
    expect(await codeOf(step(lurah, caseId, 'setujui_pendaftaran'))).toBe('step_not_possible');
    expect(await codeOf(step(verifier, caseId, 'tetapkan_identifikasi'))).toBe('step_needs');
    expect(await codeOf(step(verifier, caseId, 'masukkan_daftar_sasaran', null, 7))).toBe('version_conflict');
    expect(await codeOf(step(verifier, '0198a000-0000-7000-8000-000000000000', 'tutup', 'x'))).toBe(
      'not_found',
    );
  });

  it('stand in the history with who, when, what and why', async () => {
    const { caseId } = await registerActive(clerk, syntheticFamily(2));
    const { history, enteredByMe } = await clerk.cases.get.query({ caseId });
    expect(enteredByMe).toBe(true);
    expect(history).toHaveLength(1);
    expect(history[0]).toMatchObject({
      type: 'daftarkan',
      label: 'Daftarkan',
      actorName: 'petugas_loket 1',
      actorRole: 'petugas_loket',
      toState: 'TERDAFTAR',
      erased: false,
    });
  });
});

describe('the numbers of a family', () => {
  it('are shown with who and when in the history, which changes nothing of the case', async () => {
    const { caseId } = await registerActive(clerk, syntheticFamily(5));
    const before = (await clerk.cases.get.query({ caseId })).case;
    await verifier.cases.reveal.mutate({ caseId });
    const after = await clerk.cases.get.query({ caseId });
    expect(after.history.at(-1)).toMatchObject({
      type: 'nomor_ditampilkan',
      actorName: 'petugas_verifikasi 1',
      toState: null,
    });
    expect(after.case).toEqual(before);
    const nobody = '0198a000-0000-7000-8000-000000000000';
    expect(await codeOf(clerk.cases.reveal.mutate({ caseId: nobody }))).toBe('not_found');
  });
});

describe('the list of cases', () => {
  it('finds by part of a name, a NIK, a KK, an address and RT/RW', async () => {
    const { caseId } = await registerActive(clerk, syntheticFamily(77, 12, 9));
    for (const text of [
      'slamet uji',
      '3171011708800077',
      '3171010101200077',
      'gang 77',
      'RT 012/RW 09',
      'rt12 rw 9',
      '012/009',
      '0077',
      '3171 0117 0880 0077',
      'slamet gang 77 rt 12',
      'Slmaet Uji',
      'aminnah uji',
      'Jooko',
    ]) {
      const found = await clerk.cases.search.query({ text });
      expect(
        found.map((row) => row.id),
        text,
      ).toContain(caseId);
    }
    expect(await clerk.cases.search.query({ text: 'zz' })).toEqual([]);
    expect(await clerk.cases.search.query({ text: '"; DROP TABLE case_file' })).toEqual([]);
  });

  it('filters and pages, and its total agrees with the rows', async () => {
    for (let n = 100; n < 107; n += 1)
      await registerActive(clerk, syntheticFamily(n, 3, n % 2 === 0 ? 4 : 5));
    const filter = { rw: 4, rt: 3, states: ['TERDAFTAR' as const], result: 'belum' as const };
    const first = await clerk.cases.list.query({ filter, offset: 0, limit: 3 });
    const rest = await clerk.cases.list.query({ filter, offset: 3, limit: 3 });
    expect(first.total).toBe(4);
    expect([...first.rows, ...rest.rows]).toHaveLength(4);
    expect(first.rows[0]).toMatchObject({
      rw: 4,
      rt: 3,
      members: 3,
      headName: expect.stringContaining('Slamet'),
    });
    const counts = await clerk.cases.counts.query();
    expect(counts.byState.TERDAFTAR).toBe(
      (await clerk.cases.list.query({ filter: {}, offset: 0, limit: 1 })).total,
    );
  });

  it('puts what was typed before what only looks like it, and finds it no more once it is mended', async () => {
    const near = await registerActive(clerk, renamed(301, 'Sumarno'));
    const exact = await registerActive(clerk, renamed(302, 'Sumarmo'));
    const later = await registerActive(clerk, renamed(303, 'Sumarno'));
    const found = await clerk.cases.search.query({ text: 'sumarmo' });
    expect(found.map((row) => row.id)).toEqual([exact.caseId, later.caseId, near.caseId]);
    await rename(exact.caseId, 'Kartono');
    expect((await clerk.cases.search.query({ text: 'kartno' })).map((row) => row.id)).toEqual([exact.caseId]);
    expect((await clerk.cases.search.query({ text: 'sumarmo' })).map((row) => row.id)).not.toContain(
      exact.caseId,
    );
  });

  it('forgives a slip in a name as long as anybody bears it, and keeps no name that nobody does', async () => {
    const first = await registerActive(clerk, renamed(304, 'Wagimin'));
    const last = await registerActive(clerk, renamed(305, 'Wagimin'));
    const known = register.db.prepare(`SELECT word FROM search_word WHERE word = 'wagimin'`);
    await rename(first.caseId, 'Kartono');
    expect((await clerk.cases.search.query({ text: 'wagmin' })).map((row) => row.id)).toEqual([last.caseId]);
    await rename(last.caseId, 'Kartono');
    expect(await clerk.cases.search.query({ text: 'wagmin' })).toEqual([]);
    expect(known.all()).toEqual([]);
  });

  it('touches no word that is known already when one more case bears it', async () => {
    await registerActive(clerk, renamed(306, 'Tukiyem'));
    register.db.exec(
      `CREATE TEMP TRIGGER known_word BEFORE UPDATE ON main.search_word BEGIN SELECT RAISE(ABORT, 'written'); END`,
    );
    try {
      const { caseId } = await registerActive(clerk, renamed(307, 'Tukiyem'));
      expect((await clerk.cases.search.query({ text: 'tukiyem' }))[0]?.id).toBe(caseId);
    } finally {
      register.db.exec('DROP TRIGGER known_word');
    }
  });

  it('keeps filters under names, for whoever saved them alone', async () => {
    const filter = { rw: 4, states: ['TERDAFTAR' as const] };
    await clerk.cases.saveFilter.mutate({ name: ' RW 4 ', filter });
    await clerk.cases.saveFilter.mutate({ name: 'Belum', filter: { result: 'belum' } });
    expect(await clerk.cases.filters.query()).toEqual([
      { name: 'Belum', filter: { result: 'belum' } },
      { name: 'RW 4', filter },
    ]);
    await clerk.cases.saveFilter.mutate({ name: 'rw 4', filter: { rw: 4 } });
    expect(await clerk.cases.filters.query()).toContainEqual({ name: 'rw 4', filter: { rw: 4 } });
    expect(await lurah.cases.filters.query()).toEqual([]);
    await lurah.cases.dropFilter.mutate({ name: 'Belum' });
    await clerk.cases.dropFilter.mutate({ name: 'RW 4' });
    expect(await clerk.cases.filters.query()).toEqual([{ name: 'Belum', filter: { result: 'belum' } }]);
  });

  it('searches within a filter, and pages what it finds', async () => {
    for (let n = 200; n < 203; n += 1) await registerActive(clerk, syntheticFamily(n, 8, 9));
    await registerActive(clerk, syntheticFamily(203, 8, 10));
    const found = await clerk.cases.list.query({
      filter: { rw: 9, rt: 8 },
      text: 'slamet',
      offset: 0,
      limit: 2,
    });
    expect(found.total).toBe(3);
    expect(found.rows).toHaveLength(2);
    const short = await clerk.cases.list.query({
      filter: { rw: 9, rt: 8 },
      text: ' - ',
      offset: 0,
      limit: 9,
    });
    expect(short.total).toBe(3);
    const none = await clerk.cases.list.query({
      filter: {},
      text: 'tidak ada nama begini',
      offset: 0,
      limit: 9,
    });
    expect(none).toEqual({ total: 0, rows: [] });
  });
});
