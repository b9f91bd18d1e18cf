import { afterAll, beforeAll, expect, it, describe } from 'vitest';
import type { CaseProposal } from '../../shared/contract/identification.ts';
import type { Household } from '../../shared/domain/household.ts';
import { dtksCsv } from '../fixtures/read-list.ts';
import { registerActive } from './families.ts';
import { confirm, pairsOf } from './judging.ts';
import { dtksRows, family } from './listed-families.ts';
import type { Register } from '../../electron/services/register.ts';
import { type Client, openKnownOffice, type TestOffice } from './office.ts';
import { ended, uploadList } from './reference-office.ts';

let t: TestOffice;
let register: () => Register;
let clerk: Client;
let officer: Client;

const namesakes = family(3);
const corrected = family(5);
const unproven = family(9);
const misread = family(7);
const twice = family(10);

function withChild(household: Household, facts: Partial<Household['members'][number]>): Household {
  return {
    ...household,
    members: household.members.map((member, index) => (index === 2 ? { ...member, ...facts } : member)),
  };
}

beforeAll(async () => {
  ({ t, register } = await openKnownOffice());
  clerk = await t.as('petugas_loket');
  officer = await t.as('petugas_verifikasi');
  const bytes = dtksCsv(
    ...[namesakes, corrected, unproven, misread, twice].flatMap((household) => dtksRows(household)),
  );
  const uploadId = await uploadList(t, await t.tokenOf('petugas_verifikasi'), 'daftar', bytes);
  const job = await officer.reference.import.mutate({
    uploadId,
    source: 'DTKS',
    areaCodes: null,
    name: 'DTKS Gambir',
    listDate: '2025-12-31',
  });
  if ((await ended(officer, job)).state !== 'selesai') throw new Error('The list did not come in.');
});
afterAll(() => t.close());

/** Registers the household and asks what the program proposes. */
async function propose(household: Household): Promise<CaseProposal> {
  const { caseId } = await registerActive(clerk, household);
  return officer.identification.proposal.query({ caseId });
}

describe('what was said of a pair', () => {
  it('remembers it of a member without NIK and birth date, whose name is corrected besides', async () => {
    const { caseId } = await registerActive(
      clerk,
      withChild(unproven, { nik: null, nikNote: 'Belum punya akta', birthDate: null }),
    );
    const propose = () => officer.identification.proposal.query({ caseId });
    const first = await propose();
    const child = first.sources[0]?.members[2];
    const pairs = pairsOf(first).map((pair) =>
      pair.memberId === child?.memberId ? { ...pair, verdict: 'bukan' as const, reason: 'Adiknya' } : pair,
    );
    await confirm(officer, first, { pairs, result: 'berubah' });
    const { case: identified } = await officer.cases.get.query({ caseId });
    await officer.cases.takeStep.mutate({
      caseId,
      action: 'batalkan_identifikasi',
      reason: 'Salah tekan',
      version: identified.version,
    });
    const refused = [expect.objectContaining({ reason: 'Adiknya' })];
    const notSameOf = ({ sources }: CaseProposal) =>
      sources[0]?.members[2]?.candidates.flatMap(({ notSame }) => notSame ?? []);
    expect(notSameOf(await propose())).toEqual(refused);
    const draft = await clerk.intake.correct.mutate({ caseId });
    const members = draft.body.members.map((member, index) =>
      index === 2 ? { ...member, name: `${member.name} Pratama` } : member,
    );
    const body = { ...draft.body, members };
    const { version } = await clerk.intake.save.mutate({ draftId: draft.id, version: draft.version, body });
    await clerk.intake.register.mutate({ draftId: draft.id, version });
    expect(notSameOf(await propose())).toEqual(refused);
  });

  it('remembers what was said before ids were kept, of a member whose NIK is corrected afterwards', async () => {
    const first = await propose(misread);
    const { caseId } = first;
    const pairs = pairsOf(first).map((pair) =>
      pair.memberId === first.sources[0]?.members[2]?.memberId
        ? { ...pair, verdict: 'bukan' as const, reason: 'Sepupunya' }
        : pair,
    );
    await confirm(officer, first, { pairs, result: 'berubah' });
    const { db } = register();
    db.prepare(`UPDATE pair_verdict SET member = json_remove(member, '$.memberId') WHERE case_id = ?`).run(
      caseId,
    );
    db.prepare(`DELETE FROM pair_verdict_key WHERE key LIKE 'anggota %'`).run();
    const { case: identified } = await officer.cases.get.query({ caseId });
    await officer.cases.takeStep.mutate({
      caseId,
      action: 'batalkan_identifikasi',
      reason: 'Salah tekan',
      version: identified.version,
    });
    const draft = await clerk.intake.correct.mutate({ caseId });
    const members = draft.body.members.map((member, index) =>
      index === 2 ? { ...member, nik: `${member.nik.slice(0, 15)}3` } : member,
    );
    const body = { ...draft.body, members };
    const { version } = await clerk.intake.save.mutate({ draftId: draft.id, version: draft.version, body });
    await clerk.intake.register.mutate({ draftId: draft.id, version });
    const again = await officer.identification.proposal.query({ caseId });
    expect(again.sources[0]?.members[2]?.candidates.flatMap(({ notSame }) => notSame ?? [])).toEqual([
      expect.objectContaining({ reason: 'Sepupunya' }),
    ]);
  });

  it('says nothing of a namesake born the same day, whose NIK is the listed one', async () => {
    const namesake = {
      ...namesakes,
      members: namesakes.members.map((member, index) =>
        index === 1 ? { ...member, nik: '3171026409760044' } : member,
      ),
    };
    const first = await propose(namesake);
    const pairs = pairsOf(first).map((pair) =>
      pair.memberId === first.sources[0]?.members[1]?.memberId
        ? { ...pair, verdict: 'bukan' as const, reason: 'NIK lain' }
        : pair,
    );
    expect(pairs.filter(({ verdict }) => verdict === 'bukan')).not.toEqual([]);
    await confirm(officer, first, { pairs, result: 'berubah' });
    const second = await propose({ ...namesakes, phone: '0820' });
    for (const { members } of second.sources) {
      expect(members[1]).toMatchObject({ proposes: true });
      expect(members[1]?.candidates[0]?.notSame).toBeNull();
    }
  });

  it('gives answers back of those alone who stand in the family still', async () => {
    const first = await propose({ ...corrected, phone: '0821' });
    const { caseId } = first;
    await confirm(officer, first);
    const last = await officer.identification.undoable.query();
    await officer.identification.undo.mutate({ stroke: last?.stroke ?? '' });
    const draft = await clerk.intake.correct.mutate({ caseId });
    const body = { ...draft.body, members: draft.body.members.slice(0, 2) };
    const { version } = await clerk.intake.save.mutate({ draftId: draft.id, version: draft.version, body });
    await clerk.intake.register.mutate({ draftId: draft.id, version });
    const again = await officer.identification.proposal.query({ caseId });
    expect(again.earlier).toEqual(pairsOf(first).slice(0, 2));
    expect(await confirm(officer, again, { pairs: again.earlier })).toEqual({
      result: again.proposed.result,
    });
  });

  it('ranks the other cases of that person anew once it is taken back or undone', async () => {
    const [first, second] = [await propose(twice), await propose({ ...twice, phone: '0822' })];
    const child = first.sources[0]?.members[2]?.memberId;
    const pairs = pairsOf(first).map((pair) =>
      pair.memberId === child ? { ...pair, verdict: 'bukan' as const, reason: 'Sepupunya' } : pair,
    );
    /** How many of the other case a list knows, as the queue says once all are ranked. */
    const found = async (): Promise<number | undefined> => {
      for (;;) {
        const { rows, unranked } = await officer.identification.queue.query({ offset: 0, limit: 100 });
        if (unranked === 0) return rows.find(({ caseId }) => caseId === second.caseId)?.found;
      }
    };
    expect(await found()).toBe(3);
    await confirm(officer, first, { pairs, result: 'berubah' });
    expect(await found()).toBe(2);
    const last = await officer.identification.undoable.query();
    await officer.identification.undo.mutate({ stroke: last?.stroke ?? '' });
    expect(await found()).toBe(3);

    const again = await officer.identification.proposal.query({ caseId: first.caseId });
    await confirm(officer, again, { pairs, result: 'berubah' });
    expect(await found()).toBe(2);
    const { sources } = await officer.identification.proposal.query({ caseId: second.caseId });
    const [said] = sources[0]?.members[2]?.candidates.flatMap(({ notSame }) => notSame ?? []) ?? [];
    await officer.identification.withdrawNotSame.mutate({
      caseId: first.caseId,
      notSameId: said?.id ?? '',
      reason: 'Ternyata orangnya sendiri',
    });
    expect(await found()).toBe(3);
  });
});
