import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { type CaseProposal, SureCase } from '../../shared/contract/identification.ts';
import type { NewReferenceList } from '../../shared/contract/reference.ts';
import { draftOfHousehold } from '../../shared/domain/draft.ts';
import type { Household } from '../../shared/domain/household.ts';
import { bdtWorkbook, dtksCsv } from '../fixtures/read-list.ts';
import { registerActive } from './families.ts';
import { confirm, likelyLinks, pairsOf } from './judging.ts';
import { bdtRows, children, dtksRows, family, mothers, withChild } from './listed-families.ts';
import { type Client, codeOf, openTestOffice, setUpTestOffice, type TestOffice } from './office.ts';
import { bringList, ended, uploadList } from './reference-office.ts';

let t: TestOffice;
let clerk: Client;
let officer: Client;

const unchanged = family(0);
const changed = family(1);
const unlisted = family(2);
const inBoth = family(3);
const twins = withChild(family(4), { name: 'Hasan', nik: null });
const overridden = family(5);
const rejected = family(6);
const taken = family(7);
const declined = family(8);
const sureOne = family(9);
const doubtful = family(10);
const relatives = family(11);

const grandmother = {
  id_dtks: 'D-1',
  nama: 'MBAH MINAH',
  nomor_nik: null,
  tanggal_lahir: '1940-02-03',
  jenis_kelamin: 'PEREMPUAN',
  hubungan_keluarga: 'ORANG TUA',
};
const dtks = { source: 'DTKS', areaCodes: null, name: 'DTKS Gambir', listDate: '2025-12-31' } as const;
const bdt = { source: 'BDT2015', areaCodes: 'bps', name: 'BDT Gambir', listDate: '2015-10-01' } as const;

beforeAll(async () => {
  t = await openTestOffice();
  clerk = await t.as('petugas_loket');
  officer = await t.as('petugas_verifikasi');
  const [firstRow, secondRow] = dtksRows(changed, (row, index) =>
    index === 1 ? { ...row, nomor_nik: '3171025111740007' } : row,
  );
  const twinRows = dtksRows(twins, (row, index) => (index === 2 ? { ...row, nama: 'HUSEN' } : row));
  const listed = [
    ...[unchanged, inBoth, overridden, rejected, taken, declined, sureOne, relatives].flatMap((household) =>
      dtksRows(household),
    ),
    ...dtksRows(doubtful, (row) => ({ ...row, jenis_kelamin: 'LAKI-LAKI' })),
    { ...firstRow },
    { ...secondRow },
    { ...firstRow, ...grandmother },
    ...twinRows,
    { ...twinRows[2], id_dtks: 'D-2', nama: 'HASAN' },
  ];
  await importList(dtks, dtksCsv(...listed));
  await importList(bdt, await bdtWorkbook(...bdtRows(inBoth)));
});
afterAll(() => t.close());

async function upload(list: Omit<z.input<typeof NewReferenceList>, 'uploadId'>, bytes: Uint8Array) {
  const uploadId = await uploadList(t, await t.tokenOf('petugas_verifikasi'), 'daftar', bytes);
  return { ...list, uploadId };
}

async function importList(...given: Parameters<typeof upload>) {
  const job = await officer.reference.import.mutate(await upload(...given));
  expect(await ended(officer, job)).toMatchObject({ state: 'selesai', report: { refusedCount: 0 } });
}

/** Registers the household and asks what the program proposes. */
async function propose(household: Household): Promise<CaseProposal> {
  const { caseId } = await registerActive(clerk, household);
  return officer.identification.proposal.query({ caseId });
}

describe('a case and the reference lists', () => {
  it('is tetap where everything agrees, and goes to TERIDENTIFIKASI with its reason in the history', async () => {
    const proposal = await propose(unchanged);
    expect(proposal).toMatchObject({
      sure: true,
      doubts: [],
      proposed: { result: 'tetap', listName: 'DTKS Gambir' },
    });
    const [member] = proposal.sources.find((source) => source.source === 'DTKS')?.members ?? [];
    expect(member?.candidates[0]?.evidence?.fields.map((field) => [field.field, field.verdict])).toEqual([
      ['nama', 'sama'],
      ['nik', 'sama'],
      ['tanggal_lahir', 'sama'],
      ['jenis_kelamin', 'sama'],
    ]);
    expect(await confirm(officer, proposal)).toEqual({ result: 'tetap' });
    const { caseId } = proposal;
    const detail = await officer.cases.get.query({ caseId });
    expect(detail.case).toMatchObject({ state: 'TERIDENTIFIKASI', result: 'tetap' });
    expect(detail.history.find((entry) => entry.type === 'tetapkan_identifikasi')).toMatchObject({
      actorName: 'petugas_verifikasi 1',
      detail: 'Sudah terdaftar, tetap: semua parameter identitas dan ciri rumah tangga sama.',
    });
    expect(await officer.identification.view.query({ caseId })).toMatchObject({
      result: 'tetap',
      modelVersion: '4',
      links: [{ verdict: 'sama' }, { verdict: 'sama' }, { verdict: 'sama' }],
    });
  });

  it('is berubah where a member is new, one is gone, and a field differs', async () => {
    const proposal = await propose(changed);
    expect(proposal.proposed).toMatchObject({
      result: 'berubah',
      reasons: [
        `NIK ${mothers[1]} berbeda`,
        `anggota baru: ${children[1]}`,
        'tidak dilaporkan lagi: MBAH MINAH',
      ],
    });
    expect(await confirm(officer, proposal)).toEqual({ result: 'berubah' });
  });

  it('is baru where no list knows anybody of it', async () => {
    const proposal = await propose(unlisted);
    expect(proposal).toMatchObject({ sure: true, proposed: { result: 'baru', listName: null } });
    expect(await confirm(officer, proposal)).toEqual({ result: 'baru' });
  });

  it('takes a list of ages too, and the later list decides between tetap and berubah', async () => {
    const proposal = await propose(inBoth);
    expect(proposal.sources.map((source) => [source.source, source.households.length])).toEqual([
      ['DTKS', 1],
      ['BDT2015', 1],
    ]);
    expect(proposal).toMatchObject({ sure: true, proposed: { result: 'tetap', listName: 'DTKS Gambir' } });
    const bdt = proposal.sources.find((source) => source.source === 'BDT2015');
    expect(bdt?.members.map((member) => member.outcome)).toEqual(['auto', 'auto', 'auto']);
    expect(bdt?.members[0]?.candidates[0]?.evidence?.fields).toContainEqual(
      expect.objectContaining({ field: 'umur', verdict: 'sama' }),
    );
  });
});

describe('what the program is not sure of', () => {
  it('never takes one twin for the other, and waits for a person', async () => {
    const proposal = await propose(twins);
    const { caseId, version, number } = proposal;
    const twin = proposal.sources[0]?.members[2];
    expect(twin).toMatchObject({ name: 'Hasan', outcome: 'review' });
    expect(twin?.candidates[0]?.name).toBe('HASAN');
    expect(proposal.sure).toBe(false);
    expect(proposal.doubts).toContain(
      'Hasan: Bisa jadi saudara kembar: tanggal lahirnya sama. Lihat NIK-nya di KK.',
    );
    const [outcome] = await officer.identification.confirmSure.mutate({
      cases: [{ caseId, version }],
      stroke: randomUUID(),
    });
    expect(outcome).toMatchObject({ number, done: false, problem: expect.stringContaining('satu per satu') });
    expect(await codeOf(confirm(officer, proposal, { pairs: pairsOf(proposal).slice(0, 2) }))).toBe(
      'step_needs',
    );
    expect(await confirm(officer, proposal)).toEqual({ result: 'berubah' });
  });

  it('takes another result only with a reason, and keeps both', async () => {
    const proposal = await propose(overridden);
    const { caseId } = proposal;
    const overrideReason = 'Rumah baru saja direnovasi';
    expect(await codeOf(confirm(officer, proposal, { result: 'berubah' }))).toBe('reason_needed');
    expect(await confirm(officer, proposal, { result: 'berubah', overrideReason })).toEqual({
      result: 'berubah',
    });
    expect(await officer.identification.view.query({ caseId })).toMatchObject({
      result: 'berubah',
      proposed: 'tetap',
      overrideReason,
    });
    const { history } = await officer.cases.get.query({ caseId });
    expect(history.find((entry) => entry.type === 'tetapkan_identifikasi')?.reason).toBe(overrideReason);
  });

  it('remembers "bukan orang yang sama" when the identification is revoked and made again', async () => {
    const first = await propose(rejected);
    const { caseId } = first;
    const pairs = pairsOf(first, 'bukan');
    expect(await officer.identification.preview.query({ caseId, pairs })).toMatchObject({ result: 'baru' });
    await confirm(officer, first, { pairs, result: 'baru' });
    const { case: identified } = await officer.cases.get.query({ caseId });
    await officer.cases.takeStep.mutate({
      caseId,
      action: 'batalkan_identifikasi',
      reason: 'Salah tekan',
      version: identified.version,
    });
    expect(await officer.identification.view.query({ caseId })).toBeNull();
    const again = await officer.identification.proposal.query({ caseId });
    expect(again.sure).toBe(false);
    expect(again.doubts.join()).toContain('Pernah ditandai bukan orang atau keluarga yang sama.');
    // Nobody is asked twice: the refused stand by, with the reason, until somebody takes it back.
    const [father] = again.sources[0]?.members ?? [];
    expect(father).toMatchObject({ askedId: null, proposes: false });
    expect(father?.candidates[0]?.notSame).toMatchObject({
      reason: 'Orangnya lain',
      byName: 'petugas_verifikasi 1',
    });
  });

  it('takes no "bukan" without a reason, nor with a key that was meant as a command', async () => {
    const proposal = await propose({ ...sureOne, phone: '0816' });
    for (const reason of [null, ' ', 'j', 'jjj']) {
      const pairs = pairsOf(proposal, 'bukan').map((pair) => ({ ...pair, reason }));
      expect(await codeOf(confirm(officer, proposal, { pairs, result: 'baru' })), String(reason)).toBe(
        'step_needs',
      );
    }
  });

  it('sees that a person of the list already belongs to another case of the period', async () => {
    const first = await propose(taken);
    await confirm(officer, first);
    const second = await propose({ ...taken, phone: '0812' });
    expect(second.sure).toBe(false);
    expect(second.sources[0]?.members[0]?.candidates[0]?.linkedWith).toBe(first.number);
  });

  it('doubts a family of which the clerk said at the counter that it is another', async () => {
    const draft = await clerk.intake.create.mutate({ mode: 'aktif' });
    const draftId = draft.id;
    const body = draftOfHousehold(declined, null);
    const { version } = await clerk.intake.save.mutate({ draftId, version: draft.version, body });
    const { families } = await clerk.duplicates.hint.query({ draftId, body });
    const listed = families.find((candidate) => candidate.kind === 'acuan');
    expect(listed).toMatchObject({ label: 'DTKS Gambir', sure: true });
    expect(listed?.members).toEqual(declined.members.map((member) => member.name.toUpperCase()));
    await clerk.duplicates.decline.mutate({
      draftId,
      kind: 'acuan',
      otherId: listed?.id ?? '',
      reason: 'Penghuni lama',
    });
    const { caseId } = await clerk.intake.register.mutate({ draftId, version });
    expect((await officer.identification.proposal.query({ caseId })).sure).toBe(false);
  });
});

describe('the queue', () => {
  /** Each call ranks for an instant only; asked until nothing is left. */
  async function rankedQueue() {
    for (;;) {
      const queue = await officer.identification.queue.query({ offset: 0, limit: 50 });
      if (queue.unranked === 0) return queue;
    }
  }

  it('lists what waits with its proposal, and confirms in one stroke only what is sure', async () => {
    const sureCase = await registerActive(clerk, sureOne);
    const otherCase = await registerActive(clerk, doubtful);
    const { total, rows } = await rankedQueue();
    expect(total).toBe(rows.length);
    const row = (caseId: string) => rows.find((candidate) => candidate.caseId === caseId);
    expect(row(sureCase.caseId)).toMatchObject({
      sure: true,
      result: 'tetap',
      found: 3,
      members: 3,
      gain: 0,
      why: 'Tinggal ditegaskan',
    });
    expect(row(otherCase.caseId)).toMatchObject({
      sure: false,
      why: '1 pasangan mungkin keliru',
    });
    // However few rows a screen has read, the office knows all of them.
    const page = await officer.identification.queue.query({ offset: 0, limit: 1 });
    const sure = await officer.identification.sure.query();
    expect(page.sure).toBe(sure.length);
    const asQueued = SureCase.omit({ links: true, wrong: true });
    const queued = rows.filter((one) => one.sure).toSorted((a, b) => a.number.localeCompare(b.number));
    expect(asQueued.array().parse(sure)).toEqual(asQueued.array().parse(queued));
    const told = sure.find(({ caseId }) => caseId === sureCase.caseId);
    const { links, wrong } = await likelyLinks(officer, sureCase.caseId);
    expect([told?.links, links]).toEqual([3, 3]);
    expect(told?.wrong).toBeCloseTo(wrong, 9);
    expect(rows.findIndex(({ sure }) => sure)).toBeGreaterThan(rows.findLastIndex(({ sure }) => !sure));
    expect(rows.map(({ gain }) => gain)).toEqual(rows.map(({ gain }) => gain).toSorted((a, b) => b - a));
    const cases = [sureCase, otherCase, sureCase].map(({ caseId }) => ({ caseId, version: 1 }));
    const outcomes = await officer.identification.confirmSure.mutate({ cases, stroke: randomUUID() });
    expect(outcomes.map((outcome) => [outcome.done, outcome.result])).toEqual([
      [true, 'tetap'],
      [false, null],
      [false, null],
    ]);
  });

  it('gives a slip of the hand back with its answers, one at a time and a batch as one', async () => {
    const [first, second] = [await propose(family(11)), await propose({ ...unlisted, phone: '0819' })];
    await confirm(officer, first, { pairs: pairsOf(first, 'bukan'), result: 'baru' });
    const cases = [second].map(({ caseId, version }) => ({ caseId, version }));
    await officer.identification.confirmSure.mutate({ cases, stroke: randomUUID() });
    const batch = await officer.identification.undoable.query();
    const [named] = batch?.cases ?? [];
    expect(batch?.cases).toHaveLength(1);
    expect(named).toMatchObject({ caseId: second.caseId, headName: unlisted.members[0]?.name });
    expect(named?.number).toMatch(/^\d{10}\/\d{4}\/\d{6}$/);
    await officer.identification.undo.mutate({ stroke: batch?.stroke ?? '' });
    const single = await officer.identification.undoable.query();
    expect(single?.cases.map(({ caseId }) => caseId)).toEqual([first.caseId]);
    expect(await codeOf(officer.identification.undo.mutate({ stroke: batch?.stroke ?? '' }))).toBe(
      'nothing_to_undo',
    );
    await officer.identification.undo.mutate({ stroke: single?.stroke ?? '' });
    const { case: back, history } = await officer.cases.get.query({ caseId: first.caseId });
    expect(back).toMatchObject({ state: 'TERDAFTAR', result: null });
    expect(history.at(-1)).toMatchObject({
      type: 'batalkan_identifikasi',
      reason: 'Diurungkan sesaat sesudah diputuskan.',
    });
    const again = await officer.identification.proposal.query({ caseId: first.caseId });
    expect(again).toMatchObject({ version: 1, earlierVersion: 1, earlier: pairsOf(first, 'bukan') });
    // Several calls of one key press are one stroke; a colleague's of the same name is their own.
    const stroke = randomUUID();
    const colleague = await t.as('petugas_verifikasi', 2);
    const one = await propose({ ...unlisted, phone: '0821' });
    const other = await propose({ ...unlisted, phone: '0822' });
    const theirs = await propose({ ...unlisted, phone: '0823' });
    const send = (client: Client, { caseId, version }: { caseId: string; version: number }) =>
      client.identification.confirmSure.mutate({ cases: [{ caseId, version }], stroke });
    await send(officer, one);
    await send(officer, other);
    await send(colleague, theirs);
    const whole = await officer.identification.undoable.query();
    expect(whole?.cases.map(({ caseId }) => caseId)).toEqual([one.caseId, other.caseId]);
    await officer.identification.undo.mutate({ stroke });
    expect((await officer.cases.get.query({ caseId: theirs.caseId })).case.state).toBe('TERIDENTIFIKASI');
    // A slip of the hand is no word against the pair.
    expect(again.doubts.join()).not.toContain('Pernah ditandai');
  });

  it('is not for the counter, and not for a case that changed meanwhile', async () => {
    const proposal = await propose({ ...unlisted, phone: '0813' });
    const { caseId } = proposal;
    expect(await codeOf(clerk.identification.proposal.query({ caseId }))).toBe('not_allowed');
    expect(await codeOf(confirm(officer, proposal, { version: 2 }))).toBe('version_conflict');
    const stranger = { memberId: 'x', personId: '999999', verdict: 'sama' as const, reason: null };
    const pairs = [...pairsOf(proposal), stranger];
    expect(await codeOf(confirm(officer, proposal, { pairs }))).toBe('proposal_changed');
  });

  it('weighs in words who is asked about and the nearest rival, everyone else when looked at', async () => {
    const { caseId, sources } = await propose({ ...relatives, phone: '0814' });
    const member = sources[0]?.members[0];
    const [asked, rival, third] = member?.candidates ?? [];
    if (!member || !rival || !third) throw new Error('The relatives are candidates too.');
    expect(asked?.evidence?.judgement.whatIf).not.toEqual([]);
    expect(JSON.stringify(sources)).not.toContain('"lines"');
    const named = { field: 'nama', reported: member.name };
    const called = (reference: string): unknown => expect.objectContaining({ ...named, reference });
    expect(rival.evidence?.fields).toContainEqual(called(rival.name));
    expect(third.evidence).toBeNull();

    const { memberId } = member;
    const { evidence } = officer.identification;
    const evidenceOf = (personId: string) => evidence.query({ caseId, memberId, personId });
    expect(await evidenceOf(rival.personId)).toMatchObject(rival.evidence ?? {});
    const { explanation: why } = await evidenceOf(asked?.personId ?? '');
    expect(why).toMatchObject({ ...asked?.evidence?.judgement });
    expect(why.lines[0]?.text).toMatch(/^Awal: satu dari/);
    const last = await evidenceOf(third.personId);
    expect(last.fields).toContainEqual(called(third.name));
    expect(last.explanation.probability).toBe(third.probability);
    expect(await codeOf(evidenceOf('999999'))).toBe('proposal_changed');
  });

  it('links no member and no person of a list twice', async () => {
    const proposal = await propose(relatives);
    const [first] = pairsOf(proposal);
    const other = proposal.sources[0]?.members[0]?.candidates[1];
    if (first === undefined || other === undefined) throw new Error('The relatives are candidates too.');
    const twice = [...pairsOf(proposal), { ...first, personId: other.personId }];
    expect(await codeOf(confirm(officer, proposal, { pairs: twice }))).toBe('pair_twice');
  });

  it('asks a reason where the office has no list at all', async () => {
    const empty = await setUpTestOffice();
    try {
      const { caseId } = await registerActive(await empty.as('petugas_loket'), unlisted);
      const verifier = await empty.as('petugas_verifikasi');
      const proposal = await verifier.identification.proposal.query({ caseId });
      expect(proposal).toMatchObject({ sure: false, sources: [], proposed: { result: 'baru' } });
      const input = { caseId, version: 1, pairs: [], result: 'baru' as const };
      expect(await codeOf(verifier.identification.decide.mutate({ ...input, overrideReason: null }))).toBe(
        'reason_needed',
      );
      const overrideReason = 'Kantor baru, daftar menyusul';
      expect(await verifier.identification.decide.mutate({ ...input, overrideReason })).toEqual({
        result: 'baru',
      });
    } finally {
      await empty.close();
    }
  });
});

describe('the next snapshot of a list', () => {
  it('brings no refused pair back, nor does the next registration, until it is asked about again', async () => {
    const next = await upload({ ...dtks, listDate: '2026-03-31' }, dtksCsv(...dtksRows(rejected)));
    await bringList(officer, next);
    const { caseId, sources } = await propose({ ...rejected, phone: '0815' });
    const [father] = sources[0]?.members ?? [];
    expect(sources[0]?.lists).toEqual(['DTKS Gambir, per 31 Mar 2026']);
    expect(father?.askedId).toBeNull();
    const notSameId = father?.candidates[0]?.notSame?.id ?? '';
    const withdrawn = { caseId, notSameId, reason: 'Ternyata orangnya sendiri' };
    await officer.identification.withdrawNotSame.mutate(withdrawn);
    const after = await officer.identification.proposal.query({ caseId });
    expect(after.sources[0]?.members[0]).toMatchObject({
      proposes: true,
      askedId: father?.candidates[0]?.personId,
    });
    const { history } = await officer.cases.get.query({ caseId });
    expect(history.at(-1)).toMatchObject({
      label: 'Tanda bukan orang yang sama ditarik',
      detail: expect.stringContaining('(DTKS Gambir)'),
      reason: 'Ternyata orangnya sendiri',
    });
    expect(await codeOf(officer.identification.withdrawNotSame.mutate(withdrawn))).toBe('not_found');
  });
});
