import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DraftHousehold, draftOfHousehold } from '../../shared/domain/draft.ts';
import { syntheticFamily } from './families.ts';
import { registerActive } from './families.ts';
import type { Register } from '../../electron/services/register.ts';
import { type Client, codeOf, kelurahan, noted, openKnownOffice, type TestOffice } from './office.ts';

let t: TestOffice;
let register: () => Register;
let clerk: Client;

beforeAll(async () => {
  ({ t, register } = await openKnownOffice());
  clerk = await t.as('petugas_loket');
});
afterAll(() => t.close());

/** What a clerk has typed so far. */
function typed(facts: { name?: string; nik?: string; birthDate?: string; kk?: string }): DraftHousehold {
  return DraftHousehold.parse({
    address: { kelurahan },
    families: [{ no: 1, kk: facts.kk ?? '' }],
    members: [
      {
        id: uuid(),
        relation: '1',
        familyNo: '1',
        familyRelation: '1',
        name: facts.name ?? '',
        nik: facts.nik ?? '',
        birthDate: facts.birthDate ?? '',
      },
    ],
  });
}

async function hint(body: DraftHousehold, client = clerk) {
  const draft = await client.intake.create.mutate({ mode: 'aktif' });
  return { draftId: draft.id, ...(await client.duplicates.hint.query({ draftId: draft.id, body })) };
}

describe('the hint while typing', () => {
  it('finds a registered family by NIK, also with one wrong digit, and gives it whole', async () => {
    const { caseId, number } = await registerActive(clerk, syntheticFamily(101));
    for (const nik of ['3171011708800101', '3171011708800191']) {
      const { draftId, families } = await hint(typed({ name: 'Slamet Uji', nik }));
      const family = families.find((candidate) => candidate.id === caseId);
      expect(family).toMatchObject({
        kind: 'berkas',
        label: `Berkas ${number}`,
        headName: expect.stringContaining('Slamet Uji'),
      });
      const { members } = await clerk.duplicates.take.mutate({ draftId, kind: 'berkas', otherId: caseId });
      expect(members).toHaveLength(3);
      expect(members[0]).toMatchObject({
        nik: '3171011708800101',
        unseen: expect.arrayContaining(['nik']),
      });
    }
  });

  it('tells nothing by which a family could not be told apart, and notes who takes one over', async () => {
    const { members } = syntheticFamily(111);
    const mother = 'Ibu Kandung Uji';
    const family = { ...syntheticFamily(111), members: members.map((m) => ({ ...m, motherName: mother })) };
    const { caseId, number } = await registerActive(clerk, family);
    const { draftId, families } = await hint(typed({ name: 'Slamet Uji', nik: '3171011708800111' }));
    const found = families.find(({ id }) => id === caseId);
    expect(found?.members).toHaveLength(3);
    expect(JSON.stringify(families)).not.toMatch(RegExp(`${mother}|\\d{16}`, 'i'));
    const before = noted(register(), 'keluarga_diambil').length;
    const other = { draftId, kind: 'berkas', otherId: caseId } as const;
    expect((await clerk.duplicates.take.mutate(other)).members[0]?.motherName).toBe(mother);
    expect(noted(register(), 'keluarga_diambil').slice(before)).toEqual([
      { draf: draftId, jenis: 'berkas', lain: caseId, keterangan: `Berkas ${number}` },
    ]);
    const { history } = await clerk.cases.get.query({ caseId });
    expect(history.at(-1)).toMatchObject({ type: 'keluarga_diambil', actorName: 'petugas_loket 1' });
    // Who is given nothing is not said to have had it.
    expect(await codeOf(clerk.duplicates.take.mutate({ ...other, otherId: uuid() }))).toBe(
      'family_not_offered',
    );
    expect(await codeOf(clerk.duplicates.take.mutate({ ...other, draftId: uuid() }))).toBe('draft_gone');
    const lurah = await t.as('lurah');
    expect(await codeOf(lurah.duplicates.take.mutate(other))).toBe('not_allowed');
    expect(noted(register(), 'keluarga_diambil')).toHaveLength(before + 1);
  });

  it('finds it by the KK alone, before any name is typed', async () => {
    const { caseId } = await registerActive(clerk, syntheticFamily(102));
    const { families } = await hint(typed({ kk: '3171010101200102' }));
    expect(families[0]).toMatchObject({ id: caseId, household: ['No KK sama'] });
  });

  it('finds it by name and birth date in another spelling, without NIK', async () => {
    const { caseId } = await registerActive(clerk, syntheticFamily(103));
    const { families } = await hint(typed({ name: 'H. SLAMET OEDJI Empat', birthDate: '1980-08-17' }));
    const family = families.find((candidate) => candidate.id === caseId);
    expect(family?.why[0]?.same).toContain('Tanggal lahir');
  });

  it('finds a colleague’s draft, but not the draft itself', async () => {
    const colleague = await t.as('petugas_loket', 2);
    const family = syntheticFamily(104);
    const begun = await colleague.intake.create.mutate({ mode: 'aktif' });
    const body = draftOfHousehold(family, null);
    await colleague.intake.save.mutate({ draftId: begun.id, version: begun.version, body });
    const { families } = await hint(typed({ name: family.members[0]?.name ?? '', nik: '3171011708800104' }));
    expect(families[0]).toMatchObject({
      kind: 'draf',
      id: begun.id,
      label: 'Draf petugas_loket 2',
      sure: true,
    });
    const own = await colleague.duplicates.hint.query({ draftId: begun.id, body });
    expect(own.families.map((candidate) => candidate.id)).not.toContain(begun.id);
  });

  it('forgets a draft that was thrown away, and finds it again when it is restored', async () => {
    const begun = await clerk.intake.create.mutate({ mode: 'aktif' });
    const body = draftOfHousehold(syntheticFamily(105), null);
    await clerk.intake.save.mutate({ draftId: begun.id, version: begun.version, body });
    const search = typed({ nik: '3171011708800105', name: 'Slamet' });
    const found = async () => (await hint(search)).families.map((family) => family.id);
    expect(await found()).toContain(begun.id);
    await clerk.intake.discard.mutate({ draftId: begun.id });
    expect(await found()).not.toContain(begun.id);
    await clerk.intake.restore.mutate({ draftId: begun.id });
    expect(await found()).toContain(begun.id);
  });

  it('is never sure by a name alone, however rare', async () => {
    const family = syntheticFamily(109);
    const [head, ...others] = family.members;
    if (head === undefined) throw new Error('A synthetic family has a head.');
    await registerActive(clerk, {
      ...family,
      members: [{ ...head, name: 'Wiratmadinata Kusumaatmadja' }, ...others],
    });
    const { families } = await hint(typed({ name: 'Wiratmadinata Kusumaatmadja' }));
    expect(families.map((found) => [found.sure, found.verdict])).toEqual([
      [false, 'Mungkin keluarga yang sama.'],
    ]);
  });

  it('says nothing about a stranger, or about an empty form', async () => {
    expect((await hint(typed({ name: 'Zulaikha Perdana', birthDate: '1999-12-30' }))).families).toEqual([]);
    expect((await hint(typed({}))).families).toEqual([]);
  });

  it('does not show a case to its own correction', async () => {
    const { caseId } = await registerActive(clerk, syntheticFamily(106));
    const correction = await clerk.intake.correct.mutate({ caseId });
    const { families } = await clerk.duplicates.hint.query({ draftId: correction.id, body: correction.body });
    expect(families.map((family) => family.id)).not.toContain(caseId);
  });

  it('follows the corrected data of a case', async () => {
    const { caseId } = await registerActive(clerk, syntheticFamily(107));
    const correction = await clerk.intake.correct.mutate({ caseId });
    const [head, ...others] = correction.body.members;
    if (head === undefined) throw new Error('The correction has no head.');
    const body = {
      ...correction.body,
      members: [{ ...head, nik: '3171010203710107', birthDate: '1971-03-02', name: 'Wagiman' }, ...others],
    };
    const { version } = await clerk.intake.save.mutate({
      draftId: correction.id,
      version: correction.version,
      body,
    });
    await clerk.intake.register.mutate({ draftId: correction.id, version });
    const ids = async (nik: string) =>
      (await hint(typed({ nik, name: 'Wagiman' }))).families.map((family) => family.id);
    expect(await ids('3171010203710107')).toContain(caseId);
  });

  it('gives no family whole but those that it offered for that very draft', async () => {
    const { caseId } = await registerActive(clerk, syntheticFamily(112));
    const found = await hint(typed({ name: 'Slamet Uji', nik: '3171011708800112' }));
    const beside = await hint(typed({ name: 'Zulkarnain Tiadabanding', nik: '3171010101700199' }));
    expect(found.families.map(({ id }) => id)).toContain(caseId);
    expect(beside.families.map(({ id }) => id)).not.toContain(caseId);
    const before = noted(register(), 'keluarga_diambil').length;
    const take = (draftId: string, kind: 'berkas' | 'draf') =>
      clerk.duplicates.take.mutate({ draftId, kind, otherId: caseId });
    expect(await codeOf(take(beside.draftId, 'berkas'))).toBe('family_not_offered');
    expect(await codeOf(take(found.draftId, 'draf'))).toBe('family_not_offered');
    expect(noted(register(), 'keluarga_diambil')).toHaveLength(before);
    // What was typed since finds another; who was offered before may still be taken.
    await clerk.duplicates.hint.query({ draftId: found.draftId, body: typed({ name: 'Zulkarnain' }) });
    expect((await take(found.draftId, 'berkas')).members).toHaveLength(3);
    // Nor is one that went since.
    const gone = { kind: 'berkas', id: uuid() } as const;
    register().offered.note(found.draftId, [gone]);
    const { id: otherId, kind } = gone;
    expect(await codeOf(clerk.duplicates.take.mutate({ draftId: found.draftId, kind, otherId }))).toBe(
      'not_found',
    );
  });
});

describe('"bukan keluarga yang sama"', () => {
  it('is remembered for the draft with its reason, and can be taken back', async () => {
    const { caseId } = await registerActive(clerk, syntheticFamily(108));
    const body = typed({ name: 'Slamet Uji', nik: '3171011708800108' });
    const { draftId } = await hint(body);
    await clerk.duplicates.decline.mutate({
      draftId,
      kind: 'berkas',
      otherId: caseId,
      reason: 'Sepupu, satu alamat',
    });
    const after = await clerk.duplicates.hint.query({ draftId, body });
    expect(after.families.map((family) => family.id)).not.toContain(caseId);
    expect(after.declined).toMatchObject([
      { kind: 'berkas', reason: 'Sepupu, satu alamat', byName: 'petugas_loket 1' },
    ]);
    const [declined] = after.declined;
    await clerk.duplicates.restore.mutate({ draftId, verdictId: declined?.verdictId ?? '' });
    expect(
      (await clerk.duplicates.hint.query({ draftId, body })).families.map((family) => family.id),
    ).toContain(caseId);
    expect(
      await codeOf(clerk.duplicates.restore.mutate({ draftId, verdictId: declined?.verdictId ?? '' })),
    ).toBe('not_found');
  });

  it('stands in the journal with its reason, also once it is taken back', async () => {
    const { caseId, number } = await registerActive(clerk, syntheticFamily(109));
    const body = typed({ name: 'Slamet Uji', nik: '3171011708800109' });
    const { draftId } = await hint(body);
    const reason = 'Ipar, satu pekarangan';
    await clerk.duplicates.decline.mutate({ draftId, kind: 'berkas', otherId: caseId, reason });
    const { declined } = await clerk.duplicates.hint.query({ draftId, body });
    await clerk.duplicates.restore.mutate({ draftId, verdictId: declined[0]?.verdictId ?? '' });
    const about = { draf: draftId, jenis: 'berkas', lain: caseId, keterangan: `Berkas ${number}` };
    expect(noted(register(), 'bukan_keluarga_sama').at(-1)).toEqual({ ...about, alasan: reason });
    expect(noted(register(), 'bukan_sama_ditarik').at(-1)).toEqual({ ...about, alasan_semula: reason });
    const { history } = await clerk.cases.get.query({ caseId });
    expect(history.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['bukan_keluarga_sama', 'bukan_sama_ditarik']),
    );
  });

  it('is remembered of no family but those that were offered for that very draft', async () => {
    const { caseId } = await registerActive(clerk, syntheticFamily(113));
    const found = await hint(typed({ name: 'Slamet Uji', nik: '3171011708800113' }));
    const beside = await hint(typed({ name: 'Zulkarnain Tiadabanding', nik: '3171010101700199' }));
    expect(found.families.map(({ id }) => id)).toContain(caseId);
    const before = noted(register(), 'bukan_keluarga_sama').length;
    const decline = (draftId: string, kind: 'berkas' | 'draf', otherId = caseId) =>
      codeOf(clerk.duplicates.decline.mutate({ draftId, kind, otherId, reason: 'Sepupu' }));
    expect(await decline(beside.draftId, 'berkas')).toBe('family_not_offered');
    expect(await decline(found.draftId, 'draf')).toBe('family_not_offered');
    expect(await decline(found.draftId, 'berkas', uuid())).toBe('family_not_offered');
    expect(noted(register(), 'bukan_keluarga_sama')).toHaveLength(before);
  });

  it('needs a reason, an open draft, and somebody who registers', async () => {
    const { draftId } = await hint(typed({}));
    const verdict = { draftId, kind: 'berkas' as const, otherId: 'x', reason: 'Lain' };
    expect(await codeOf(clerk.duplicates.decline.mutate({ ...verdict, reason: ' ' }))).toBe('invalid_input');
    expect(await codeOf(clerk.duplicates.decline.mutate({ ...verdict, draftId: uuid() }))).toBe('draft_gone');
    const lurah = await t.as('lurah');
    expect(await codeOf(lurah.duplicates.hint.query({ draftId, body: typed({}) }))).toBe('not_allowed');
  });
});
