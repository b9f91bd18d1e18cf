import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ChangeRow } from '../../shared/contract/difference.ts';
import { firstChoices, mergeFields } from '../../shared/domain/merge.ts';
import type { Household } from '../../shared/domain/household.ts';
import { dtksCsv } from '../fixtures/read-list.ts';
import { exportedRows } from './exporting.ts';
import { registerActive } from './families.ts';
import { confirm, pairsOf } from './judging.ts';
import { dtksRows, family, type Row } from './listed-families.ts';
import { type Client, openTestOffice, type TestOffice } from './office.ts';
import { ended, over, uploadList } from './reference-office.ts';

let t: TestOffice;
let clerk: Client;
let officer: Client;
let first: string;
let second: string;
let third: string;

const [split, aunt, twice, unnumbered] = [family(0), family(1), family(2), family(3)];
const neighbour = family(4);
/** In the second quarter the child of `split` is no longer with them; a lodger of `twice` is listed alone. */
const lodger = family(5);
/** Whose number somebody else bears, as a person finds. */
const mistaken = family(6);

beforeAll(async () => {
  t = await openTestOffice();
  clerk = await t.as('petugas_loket');
  officer = await t.as('petugas_verifikasi');
  const others = [twice, unnumbered, neighbour, mistaken].flatMap((household) => dtksRows(household));
  const alone = dtksRows(lodger).slice(0, 1);
  first = await importList('2026-03-31', [...dtksRows(split), ...others]);
  second = await importList('2026-06-30', [...dtksRows(split).slice(0, 2), ...others, ...alone]);
  third = await importList('2026-09-30', [...dtksRows(split).slice(0, 2), ...others, ...alone]);
});
afterAll(() => t.close());

async function importList(listDate: string, rows: Row[]): Promise<string> {
  const uploadId = await uploadList(t, await t.tokenOf('petugas_verifikasi'), 'dtks', dtksCsv(...rows));
  const given = { uploadId, source: 'DTKS', areaCodes: null, name: `DTKS ${listDate}`, listDate } as const;
  return (await ended(officer, await officer.reference.import.mutate(given))).list?.id ?? '';
}

async function difference(baseListId: string, listId: string): Promise<string> {
  const { differenceId, jobId } = await officer.difference.compare.mutate({ baseListId, listId });
  if (jobId === null) return differenceId ?? '';
  return (await over({ jobId }, officer.difference.progress.query)).differenceId ?? '';
}

async function rowOf(household: Household, [base, list] = [first, second]): Promise<ChangeRow | undefined> {
  const page = { id: await difference(base, list), filter: {}, offset: 0, limit: 100 };
  const { rows } = await officer.difference.rows.query(page);
  const head = household.members[0]?.name.toUpperCase();
  return rows.find(({ headName }) => headName.toUpperCase() === head);
}

const child = ({ members: [, , third] }: Household) => (third === undefined ? [] : [third]);

it('a family opens the case of most of it, and who left it their own', async () => {
  const couple = await registerActive(clerk, { ...split, members: split.members.slice(0, 2) });
  const withAunt = await registerActive(clerk, { ...aunt, members: [...aunt.members, ...child(split)] });
  const row = await rowOf(split);
  expect(row).toMatchObject({ kind: 'berubah', case: { id: couple.caseId, number: couple.number } });
  expect(row?.changes.persons).toMatchObject([
    { kind: 'keluar', name: split.members[2]?.name.toUpperCase(), case: { id: withAunt.caseId } },
  ]);
  const exported = await exportedRows(t, officer, await t.tokenOf('petugas_verifikasi'), {
    kind: 'perbedaan',
    differenceId: await difference(first, second),
    filter: { kinds: ['berubah'] },
  });
  expect(exported[1]?.slice(-2)).toEqual([
    `Anggota keluar: ${split.members[2]?.name.toUpperCase()}, berkas ${withAunt.number}`,
    couple.number,
  ]);
});

it('a case that went into another opens the one that was kept', async () => {
  const kept = await registerActive(clerk, twice);
  const household = { ...twice, phone: '0813', members: [...twice.members, ...lodger.members.slice(0, 1)] };
  const asLodger = household.members.map((member, at) =>
    at === 3 ? { ...member, relation: '7', familyRelation: '7' } : member,
  );
  const other = await registerActive(clerk, { ...household, members: asLodger } as Household);
  expect((await rowOf(lodger))?.case).toMatchObject({ id: other.caseId });
  const seen = await officer.merge.compare.query({ keptId: kept.caseId, otherId: other.caseId });
  await officer.merge.merge.mutate({
    kept: { caseId: kept.caseId, version: seen.kept.version },
    other: { caseId: other.caseId, version: seen.other.version },
    plan: {
      choices: firstChoices(mergeFields(seen.kept.household, seen.other.household, seen.same)),
      same: seen.same,
      joining: [],
    },
    reason: 'Terdaftar dua kali',
  });
  expect((await rowOf(twice))?.case).toEqual({ id: kept.caseId, number: kept.number });
  // Only the case that went into the other knows the lodger.
  expect((await rowOf(lodger))?.case).toEqual({ id: kept.caseId, number: kept.number });
});

it('of two cases with as many of a family, the one of its head, and of two whole ones the one that goes on', async () => {
  const [head, mother, baby] = neighbour.members;
  const alone = { ...neighbour, members: neighbour.members.slice(0, 1) };
  const headCase = await registerActive(clerk, alone);
  await registerActive(clerk, {
    ...aunt,
    members: [...aunt.members.slice(0, 1), ...neighbour.members.slice(2)],
  });
  expect([head?.relation, mother?.relation, baby?.relation]).toEqual(['1', '2', '3']);
  expect((await rowOf(neighbour))?.case).toMatchObject({ id: headCase.caseId });
  const again = await registerActive(clerk, { ...alone, phone: '0899' });
  expect((await rowOf(neighbour))?.case).toMatchObject({ id: again.caseId });
  const proposal = await officer.identification.proposal.query({ caseId: again.caseId });
  await confirm(officer, proposal);
  const step = { caseId: again.caseId, version: proposal.version };
  await officer.cases.takeStep.mutate({ ...step, action: 'tutup', reason: 'Pindah' });
  expect((await rowOf(neighbour))?.case).toMatchObject({ id: headCase.caseId });
});

it('a family without NIK opens the case that somebody decided on, in later quarters too, until that is taken back', async () => {
  const members = unnumbered.members.map((member) => ({ ...member, nik: null }));
  const { caseId, number } = await registerActive(clerk, { ...unnumbered, members });
  expect((await rowOf(unnumbered))?.case).toBeNull();
  await confirm(officer, await officer.identification.proposal.query({ caseId }));
  expect((await rowOf(unnumbered))?.case).toEqual({ id: caseId, number });
  expect((await rowOf(unnumbered, [second, third]))?.case).toEqual({ id: caseId, number });
  const stroke = (await officer.identification.undoable.query())?.stroke ?? '';
  await officer.identification.undo.mutate({ stroke });
  expect((await rowOf(unnumbered))?.case).toBeNull();
});

it('a family whose number stands with somebody else opens no case of theirs, once a person said so, until that is taken back', async () => {
  const { caseId, number } = await registerActive(clerk, mistaken);
  const own = { id: caseId, number };
  expect((await rowOf(mistaken))?.case).toEqual(own);
  const proposal = await officer.identification.proposal.query({ caseId });
  await confirm(officer, proposal, { pairs: pairsOf(proposal, 'bukan'), result: 'baru' });
  expect((await rowOf(mistaken))?.case).toBeNull();
  expect((await rowOf(mistaken, [second, third]))?.case).toBeNull();
  const stroke = (await officer.identification.undoable.query())?.stroke ?? '';
  await officer.identification.undo.mutate({ stroke });
  expect((await rowOf(mistaken))?.case).toEqual(own);
});
