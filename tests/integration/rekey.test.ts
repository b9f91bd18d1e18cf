import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Register } from '../../electron/services/register.ts';
import { openConnection, type WritableDb, type ReadableDb } from '../../electron/store/connection.ts';
import { migrations } from '../../electron/store/migrate.ts';
import { keyedLists } from '../../electron/store/reference-keys.ts';
import { renewKeys, staleParts } from '../../electron/store/rekey.ts';
import { draftOfHousehold } from '../../shared/domain/draft.ts';
import { dtksCsv } from '../fixtures/read-list.ts';
import { backTo29 } from '../fixtures/migrations-back.ts';
import { registerActive } from './families.ts';
import { dtksRows, family } from './listed-families.ts';
import { openTestOffice, type TestOffice } from './office.ts';
import { ended, uploadList } from './reference-office.ts';

let t: TestOffice;
let register: Register | null = null;
const listed = family(0);
const registered = family(1);
const typed = family(2);

beforeAll(async () => {
  t = await openTestOffice({
    startBackground: (opened) => {
      register = opened;
      return { stop: async () => {} };
    },
  });
  const officer = await t.as('petugas_verifikasi');
  const bytes = dtksCsv(...dtksRows(listed));
  const uploadId = await uploadList(t, await t.tokenOf('petugas_verifikasi'), 'daftar', bytes);
  const job = await officer.reference.import.mutate({
    uploadId,
    source: 'DTKS',
    areaCodes: null,
    name: 'DTKS',
    listDate: '2025-12-31',
  });
  await ended(officer, job);
  const clerk = await t.as('petugas_loket');
  await registerActive(clerk, registered);
  const draft = await clerk.intake.create.mutate({ mode: 'aktif' });
  await clerk.intake.save.mutate({
    draftId: draft.id,
    version: draft.version,
    body: draftOfHousehold(typed, null),
  });
});
afterAll(() => t.close());

/** Where each of the three families is found again. */
async function found(): Promise<string[][]> {
  const clerk = await t.as('petugas_loket');
  const { id: draftId } = await clerk.intake.create.mutate({ mode: 'aktif' });
  const kinds: string[][] = [];
  for (const household of [listed, registered, typed]) {
    const { families } = await clerk.duplicates.hint.query({
      draftId,
      body: draftOfHousehold(household, null),
    });
    kinds.push(families.filter(({ sure }) => sure).map(({ kind }) => kind));
  }
  await clerk.intake.discard.mutate({ draftId });
  return kinds;
}

/** Which keys find whom, in cases, drafts and lists. */
function keysIn(db: ReadableDb): unknown[] {
  const persons = db
    .prepare(
      'SELECT match_member.member_id, key FROM member_key JOIN match_member ON match_member.id = owner ORDER BY 1, 2',
    )
    .all();
  const drafts = db.prepare('SELECT owner_id, key FROM draft_key ORDER BY 1, 2').all();
  const lists = db.prepare('SELECT list_id FROM reference_index ORDER BY 1').all();
  const pages = db.prepare('SELECT id, hex(entries) FROM reference_key_page ORDER BY 1').all();
  return [...persons, ...drafts, ...lists, ...pages];
}

const everybody = [['acuan'], ['berkas'], ['draf']];

/** Every key is one that other rules made. */
const ofOtherRules = `UPDATE key_rules SET version = 1; UPDATE reference_index SET rules = 1; UPDATE match_member SET rules = 1;`;

function opened(): Register {
  if (register === null) throw new Error('The register is not open.');
  return register;
}

/** Opens the office again and waits until nothing is to be renewed any more. */
async function reopen(): Promise<void> {
  await t.restart();
  await t.as('petugas_loket');
  await vi.waitFor(() => expect(staleParts(opened().db)).toEqual([]), { timeout: 20_000 });
}

/** As a kill leaves it: what lies on the disk at this moment. */
async function asKilled(db: WritableDb, work: (copy: WritableDb) => void | Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mutakhir-kunci-'));
  const file = join(folder, 'register.db');
  for (const end of ['', '-wal']) if (existsSync(db.name + end)) cpSync(db.name + end, file + end);
  const copy = openConnection(file, { key: opened().key });
  try {
    await work(copy);
  } finally {
    copy.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('a register whose keys other rules made', () => {
  it('finds everybody again: its keys are written anew as it is opened', async () => {
    expect(await found()).toEqual(everybody);
    const whole = keysIn(opened().db);
    opened().db.exec(ofOtherRules);
    for (const table of ['member_key', 'match_member', 'draft_key', 'reference_key_page'])
      opened().db.exec(`DELETE FROM ${table}`);
    await reopen();
    expect(await found()).toEqual(everybody);
    expect(keysIn(opened().db)).toEqual(whole);
  });

  it('opens at once where they cannot be renewed, asks no list in part and says so; it goes on at the next opening', async () => {
    const officer = await t.as('petugas_verifikasi');
    await vi.waitFor(async () =>
      expect(await officer.identification.queue.query({ offset: 0, limit: 10 })).toMatchObject({
        unranked: 0,
      }),
    );
    opened().db.exec(`${ofOtherRules}
      CREATE TRIGGER refused BEFORE INSERT ON reference_key_page BEGIN SELECT RAISE(ABORT, 'refused'); END`);
    await t.restart();
    await t.as('petugas_loket');
    await vi.waitFor(() => expect(opened().renewal?.obstacle).not.toBeNull(), { timeout: 20_000 });
    expect(await found()).toEqual([[], ['berkas'], ['draf']]);
    const failed = { code: 'keys_failed', message: 'Kunci pencarian daftar DTKS belum dapat diperbarui.' };
    const again = await t.as('petugas_verifikasi');
    const { id: draftId } = await (await t.as('petugas_loket')).intake.create.mutate({ mode: 'aktif' });
    expect(
      await (
        await t.as('petugas_loket')
      ).duplicates.hint.query({
        draftId,
        body: draftOfHousehold(listed, null),
      }),
    ).toMatchObject({ renewing: failed });
    await (await t.as('petugas_loket')).intake.discard.mutate({ draftId });
    opened().db.exec(
      'INSERT OR IGNORE INTO rank_due SELECT serial FROM case_file; INSERT OR IGNORE INTO finding_due SELECT serial FROM case_file',
    );
    const queue = await again.identification.queue.query({ offset: 0, limit: 10 });
    expect(queue).toMatchObject({ unranked: 1, ranking: false, renewing: failed });
    expect(await again.finding.look.query()).toMatchObject({ pending: 1, renewing: failed });
    const caseId = queue.rows[0]?.caseId ?? '';
    const refused = await Promise.allSettled([
      again.identification.proposal.query({ caseId }),
      again.identification.matchAll.mutate(),
      again.identification.sure.query(),
      again.reference.ranks.query({ caseId }),
    ]);
    expect(refused).toMatchObject(
      Array.from({ length: 4 }, () => ({ status: 'rejected', reason: { data: { problem: failed } } })),
    );
    expect(await again.merge.ofCase.query({ caseId })).toMatchObject({ renewing: null });
    opened().db.exec('DROP TRIGGER refused');
    await reopen();
    expect(await found()).toEqual(everybody);
  });

  it('says of cases too that they are not asked while they are renewed', async () => {
    opened().db.exec(`${ofOtherRules}
      CREATE TRIGGER refused BEFORE UPDATE ON match_member BEGIN SELECT RAISE(ABORT, 'refused'); END`);
    await t.restart();
    await t.as('petugas_loket');
    await vi.waitFor(() => expect(opened().renewal?.obstacle).not.toBeNull(), { timeout: 20_000 });
    expect(await found()).toEqual([[], [], ['draf']]);
    const caseId = String(opened().db.prepare('SELECT id FROM case_file').pluck().get());
    expect(await (await t.as('petugas_verifikasi')).merge.ofCase.query({ caseId })).toMatchObject({
      likely: [],
      renewing: { message: 'Kunci pencarian berkas kantor ini belum dapat diperbarui.' },
    });
    opened().db.exec('DROP TRIGGER refused');
    await reopen();
    expect(await found()).toEqual(everybody);
  });

  it('asks nothing of a list that a killed import left, whatever rules made its keys', async () => {
    const { db } = opened();
    const officer = await t.as('petugas_verifikasi');
    const caseId = String(db.prepare('SELECT id FROM case_file').pluck().get());
    const asked = () => officer.reference.ranks.query({ caseId });
    const before = await asked();
    db.exec(`
      INSERT INTO reference_list (id, source, name, list_date, version, file_name, file_hash, report, households, persons, imported_at, imported_by)
        SELECT 'killed', source, name, list_date, 0, file_name, file_hash, report, households, persons, imported_at, imported_by
        FROM reference_list LIMIT 1;
      INSERT INTO reference_index (number, list_id, rules) SELECT max(number) + 1, 'killed', 1 FROM reference_index;`);
    try {
      expect(await asked()).toEqual(before);
      expect(staleParts(db)).toEqual([]);
      expect(keyedLists(db, null).map(({ id }) => id)).not.toContain('killed');
      expect(keyedLists(db, ['killed'])).toEqual([]);
    } finally {
      db.exec(
        `DELETE FROM reference_index WHERE list_id = 'killed'; DELETE FROM reference_list WHERE id = 'killed'`,
      );
    }
  });

  it('tries again while it is quiet what a full disk stopped', async () => {
    const goOn = vi.spyOn(opened().renewal ?? { goOn: () => {} }, 'goOn');
    await t.as('petugas_loket');
    await (await t.as('petugas_loket')).intake.drafts.query();
    await vi.waitFor(() => expect(goOn).toHaveBeenCalled(), { timeout: 10_000 });
  });

  it('knows again who was said to be somebody else', async () => {
    const member = {
      memberId: null,
      name: 'OUSMANE BA',
      nik: null,
      sex: 'L',
      birthDate: '1980-08-17',
      list: null,
    };
    register?.db.exec(`
      INSERT INTO pair_verdict (id, case_id, member, listed, list_name, reason, stroke, decided_by, decided_at)
        SELECT 'x', case_file.id, '${JSON.stringify(member)}', '${JSON.stringify(member)}', 'DTKS', 'tidak kenal', 'x', account.id,
          '2026-01-01'
        FROM case_file, account LIMIT 1;
      INSERT INTO pair_verdict_key VALUES ('nama OUSMANE lahir 1980-08-17 L', 'x');
      ${ofOtherRules}`);
    await reopen();
    expect(
      register?.db.prepare("SELECT key FROM pair_verdict_key WHERE pair_verdict_id = 'x'").pluck().all(),
    ).toEqual(['nama BA OUSMANE lahir 1980-08-17 L']);
    register?.db.exec("DELETE FROM pair_verdict WHERE id = 'x'");
  });

  it('ranks anew what waits in the queue, and looks for findings anew', async () => {
    /** Ranks and findings once nothing is due. */
    const looked = async () => {
      const officer = await t.as('petugas_verifikasi');
      await vi.waitFor(async () => {
        const queue = await officer.identification.queue.query({ offset: 0, limit: 10 });
        const findings = await officer.finding.list.query({ filter: {}, offset: 0, limit: 10 });
        expect([queue.unranked, findings.pending]).toEqual([0, 0]);
      });
      return [
        register?.db.prepare('SELECT gain, body FROM review_rank').all(),
        register?.db.prepare('SELECT kind FROM finding WHERE gone_at IS NULL').all(),
      ];
    };
    const fresh = await looked();
    expect(fresh).toEqual([[expect.anything()], []]);
    register?.db.exec(`
      UPDATE review_rank SET gain = 9;
      INSERT INTO finding (id, case_id, kind, key, source, subject, found_at)
        SELECT 'x', id, 'nama_berbeda', 'x', 'DTKS', 'menurut aturan lama', '2026-01-01' FROM case_file;`);
    expect(await looked()).not.toEqual(fresh);
    register?.db.exec(ofOtherRules);
    await reopen();
    expect(await looked()).toEqual(fresh);
  });

  it('survives a kill after each step: what is whole says so, and the rest is made anew', async () => {
    const whole = keysIn(opened().db);
    await asKilled(opened().db, async (db) => {
      db.exec(ofOtherRules);
      let steps = 0;
      for (const _ of renewKeys(db)) {
        steps += 1;
        await asKilled(db, (killed) => {
          expect(killed.pragma('integrity_check', { simple: true })).toBe('ok');
          expect(staleParts(killed).length).toBeGreaterThan(0);
          for (const __ of renewKeys(killed));
          expect(keysIn(killed)).toEqual(whole);
          expect(staleParts(killed)).toEqual([]);
        });
      }
      expect(steps).toBeGreaterThan(8);
    });
  });

  it('survives a kill in the middle of a step', async () => {
    const whole = keysIn(opened().db);
    await asKilled(opened().db, async (db) => {
      db.exec(ofOtherRules);
      const child = spawn(process.execPath, [join(import.meta.dirname, 'rekey-child.ts'), db.name], {
        stdio: ['pipe', 'inherit', 'inherit'],
      });
      child.stdin.end(`${opened().key.toString('hex')}\n`);
      expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(staleParts(db).map(({ part }) => part)).toEqual(['daftar', 'urutan']);
      for (const _ of renewKeys(db));
      expect(keysIn(db)).toEqual(whole);
    });
  });

  it('finds everybody again after an update from the version whose keys were text', async () => {
    opened().db.exec(backTo29);
    await reopen();
    expect(opened().db.pragma('user_version', { simple: true })).toBe(migrations.length);
    expect(await found()).toEqual(everybody);
  });
});
