import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAreaData } from '../../electron/area-names.ts';
import { loadAreas } from '../../electron/areas.ts';
import { learnOrTell } from '../../electron/jobs/list-work.ts';
import { scanSome } from '../../electron/services/finding-scan.ts';
import { rankingStamp } from '../../electron/services/identification-queue.ts';
import type { Register } from '../../electron/services/register.ts';
import { listCurrentLists } from '../../electron/store/identification.ts';
import { findModel, learnOfList, listUnlearnt, modelsOf } from '../../electron/store/list-model.ts';
import { generateKelurahan } from '../../electron/training/generate.ts';
import { csvLine, dtksColumns } from '../../electron/training/list-files.ts';
import type { ListRow } from '../../electron/training/reference-views.ts';
import type { CaseProposal } from '../../shared/contract/identification.ts';
import { DraftHousehold } from '../../shared/domain/draft.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { defaultModel } from '../../electron/matching/model.ts';
import { fillRegister } from '../bench/store-register.ts';
import { confirm } from './judging.ts';
import { type Client, kelurahan, noted, openKnownOffice, type TestOffice } from './office.ts';
import { bringList, importDtks, uploadList } from './reference-office.ts';

const made = generateKelurahan({
  households: 300,
  seed: 7,
  kelurahan,
  areas: loadAreaData(loadAreas('resources'), 'resources'),
  today: '2026-11-22',
  cases: 150,
});
const rows = made.reference.find(({ source }) => source === 'DTKS')?.rows ?? [];

const learntVersion = new RegExp(`^${defaultModel.version}-[0-9a-f]{8}$`);

let t: TestOffice;
let officer: Client;
let register: () => Register;
let waiting: Case[];

beforeAll(async () => {
  ({ t, register } = await openKnownOffice());
  officer = await t.as('petugas_verifikasi');
});
afterAll(() => t.close());

function csvOf(listed: readonly ListRow[]): Uint8Array {
  const lines = listed.map((row) => csvLine(dtksColumns.map(({ field }) => String(row[field] ?? ''))));
  return Buffer.from([csvLine(dtksColumns.map(({ header }) => header)), ...lines].join(''));
}

async function bring(name: string, listed: readonly ListRow[]): Promise<string> {
  const bytes = csvOf(listed);
  const token = await t.tokenOf('petugas_verifikasi');
  const { state } = await importDtks({ office: t.office, officer, token }, name, bytes);
  expect(state).toBe('selesai');
  return listCurrentLists(register().db).find((list) => list.name === name)?.id ?? '';
}

async function register150(): Promise<void> {
  const clerk = await t.as('petugas_loket');
  const { account } = await clerk.session.current.query();
  waiting = fillRegister(register(), made.cases, account.id).filter(({ state }) => state === 'TERDAFTAR');
}

/** A case whom the list knows. */
async function proposeKnown(): Promise<CaseProposal> {
  for (const { id: caseId } of waiting) {
    const proposal = await officer.identification.proposal.query({ caseId });
    if (proposal.sure && proposal.sources[0]?.households.length === 1) return proposal;
  }
  throw new Error('The list knows nobody.');
}

/** Another day and serial. */
function newCard(kk: string): string {
  return `${kk.slice(0, 6)}0101018${kk.slice(13)}`;
}

async function matchAll(): Promise<void> {
  await officer.identification.matchAll.mutate();
  while ((await officer.identification.matchAllState.query()).job !== null) await pause(20);
}

describe('a list in an office with hardly a case', () => {
  let stamp: string;

  it('is judged by the shipped model, and says why', async () => {
    const id = await bring('DTKS', rows);
    expect(findModel(register().db, [id])).toEqual({
      model: defaultModel,
      origin:
        'memakai angka bawaan karena baru 0 orang dari berkas yang NIK-nya sama di daftar ini (perlu 100)',
    });
    stamp = rankingStamp(register().db, listCurrentLists(register().db));
  });

  it('is learnt when everything is matched, once there are cases, and what was ranked before is ranked anew', async () => {
    await register150();
    await matchAll();
    const proposal = await proposeKnown();
    expect(proposal.modelVersion).toMatch(learntVersion);
    expect(proposal.sources[0]?.modelOrigin).toMatch(
      /^dipelajari dari daftar ini, dari \d{3} orang berkas yang NIK-nya sama$/,
    );
    expect(rankingStamp(register().db, listCurrentLists(register().db))).not.toBe(stamp);
    const { rows: queued } = await officer.identification.queue.query({ offset: 0, limit: 100 });
    expect(queued.filter(({ stale }) => stale)).toEqual([]);
    expect(noted(register(), 'pemadanan_selesai').at(-1)).toMatchObject({
      model: `${defaultModel.version} ${proposal.modelVersion}`,
    });
  });
});

describe('a list that comes in beside cases', () => {
  it('is learnt at once from its own mistakes, and a decision keeps the version that it was made with', async () => {
    const earlier = await proposeKnown();
    expect(await confirm(officer, earlier)).toEqual({ result: earlier.proposed.result });
    const [first] = listCurrentLists(register().db);
    const cardsOf = (id: string) => findModel(register().db, [id]).model.levels.kk;
    // Every family has another card by now.
    const id = await bring(
      'DTKS lagi',
      rows.map((row) => ({ ...row, nomor_kk: newCard(String(row['nomor_kk'])) })),
    );
    expect(cardsOf(id).equal.m).toBeLessThan(cardsOf(first?.id ?? '').equal.m);
    const { modelVersion } = earlier;
    expect(await officer.identification.view.query({ caseId: earlier.caseId })).toMatchObject({
      modelVersion,
    });
    expect(noted(register(), 'tetapkan_identifikasi').at(-1)).toMatchObject({ model: modelVersion });
  });

  it('is what the hint at the counter judges by, too', async () => {
    const { db } = register();
    const clerk = await t.as('petugas_loket');
    const draft = await clerk.intake.create.mutate({ mode: 'aktif' });
    const listed = rows.find((row) => /^\d{12}(?!0000)\d{4}$/.test(String(row['nomor_nik'])));
    const person = {
      id: draft.id,
      relation: '1',
      name: String(listed?.['nama']),
      nik: String(listed?.['nomor_nik']),
    };
    const body = DraftHousehold.parse({
      address: { kelurahan },
      families: [{ no: 1, kk: '' }],
      members: [person],
    });
    const kinds = async () =>
      (await clerk.duplicates.hint.query({ draftId: draft.id, body })).families.map(({ kind }) => kind);
    expect(await kinds()).toContain('acuan');
    // As though it had been learnt that nothing ever agrees in one person.
    const kept = db.prepare('SELECT list_id, version, body FROM list_model').all() as Record<
      string,
      string
    >[];
    const write = db.prepare('UPDATE list_model SET version = ?, body = ? WHERE list_id = ?');
    const model = structuredClone(defaultModel);
    for (const field of Object.values(model.levels))
      for (const odds of Object.values(field)) odds.m = odds.u / 1_000_000;
    for (const { list_id: id } of kept) write.run(`2-${id}`, JSON.stringify(model), id);
    expect(await kinds()).not.toContain('acuan');
    for (const { list_id: id, version, body: before } of kept) write.run(version, before, id);
    expect(await kinds()).toContain('acuan');
  });

  it('is learnt too where accepted differences made it', async () => {
    const token = await t.tokenOf('petugas_verifikasi');
    const id = await bringList(officer, {
      uploadId: await uploadList(t, token, 'dtks.csv', csvOf(rows.slice(3))),
      source: 'DTKS',
      areaCodes: null,
      name: 'DTKS',
      listDate: '2026-03-31',
    });
    expect(findModel(register().db, [id]).model.version).toMatch(learntVersion);
  });

  it('keeps what was learnt: matched again, it is judged as before, however the cases are by then', async () => {
    const ids = listCurrentLists(register().db).map(({ id }) => id);
    const before = ids.map((id) => findModel(register().db, [id]));
    register().db.exec('UPDATE member SET nik = NULL');
    await matchAll();
    expect(ids.map((id) => findModel(register().db, [id]))).toEqual(before);
  });

  it('stands also where it cannot be learnt, which is logged', () => {
    const told: unknown[] = [];
    const [list] = listCurrentLists(register().db);
    learnOrTell(
      register().db,
      { id: 'nobody', at: '2026-11-22T00:00:00.000Z' },
      { progress: () => {}, report: (cause) => told.push(cause) },
    );
    expect(told).toHaveLength(1);
    expect(findModel(register().db, ['nobody']).origin).toBe(
      'memakai angka bawaan karena daftar ini belum dipelajari',
    );
    expect(findModel(register().db, ['nobody', list?.id ?? '']).model.version).toMatch(learntVersion);
  });

  it('has findings looked for anew once it is judged otherwise', () => {
    const { db } = register();
    while (scanSome(register()) > 0);
    db.exec('DELETE FROM list_model');
    expect(scanSome(register())).toBeGreaterThan(0);
  });

  it('is learnt of while nobody asks, where it came in without: as a list of the province does', async () => {
    const { db } = register();
    db.exec('DELETE FROM list_model');
    const lists = await officer.reference.lists.query();
    expect(listUnlearnt(db, listCurrentLists(db))).toHaveLength(
      lists.filter(({ current }) => current).length,
    );
    await expect.poll(() => listUnlearnt(db, listCurrentLists(db)), { timeout: 120_000 }).toEqual([]);
    // Nobody's NIK is known by now: it is kept why nothing was learnt, and it is not tried again and again.
    expect(db.prepare('SELECT count(refused) FROM list_model').pluck().get()).toBeGreaterThan(0);
  });

  it('is not judged by what was learnt from an older shipped model, which may lack what this one has, but learnt anew', () => {
    const { db } = register();
    const [list] = listCurrentLists(db);
    const id = list?.id ?? '';
    const learnt = findModel(db, [id]);
    const { namesakeProbability: _, ...decision } = learnt.model.decision;
    const older = { ...learnt.model, version: '3-1a2b3c4d', decision };
    db.prepare(
      "UPDATE list_model SET learnt_from = '3', version = ?, body = ?, refused = NULL WHERE list_id = ?",
    ).run(older.version, JSON.stringify(older), id);
    expect(findModel(db, [id])).toEqual({
      model: defaultModel,
      origin: 'memakai angka bawaan karena daftar ini belum dipelajari',
    });
    expect(listUnlearnt(db, [{ id }])).toEqual([id]);
    learnOfList(db, id, '2026-11-30T00:00:00.000Z');
    expect(listUnlearnt(db, [{ id }])).toEqual([]);
    expect(modelsOf(db, [{ id }])).not.toContain(older.version);
  });
});
