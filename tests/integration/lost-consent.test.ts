import { beforeEach, describe, expect, it, vi } from 'vitest';
import { takeStep } from '../../electron/services/case-steps.ts';
import type { ServiceActor } from '../../electron/services/register.ts';
import type { Consent } from '../../shared/domain/consent.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { cut } from './line.ts';
import { kelurahan } from './office.ts';
import { lendOffice, type PushingOffice, patient } from './pushing.ts';
import { shownBy } from './shown.ts';

describe('what a family says of being shown, where one side put back an old copy', () => {
  let province: TestProvince;
  let o: PushingOffice;
  lendOffice((lent) => ({ province, o } = lent));
  // The look that every office takes by itself is over.
  beforeEach(() => o.until(({ proof }) => proof !== null));

  const shown = (): Promise<string[]> => shownBy(province);
  async function say(caseId: string, kind: Consent): Promise<void> {
    await (await o.t.as('petugas_loket')).cases.recordConsent.mutate({ caseId, kind });
  }
  async function sent(): Promise<void> {
    await o.until(({ waiting }) => waiting === 0);
  }
  async function saying(caseId: string, ...kinds: Consent[]): Promise<void> {
    for (const kind of kinds) {
      await say(caseId, kind);
      await sent();
    }
  }

  /** The province loses a case, its family's word, or both. */
  async function lose(caseId: string, which: 'case' | 'word' | 'both'): Promise<void> {
    const { pool } = province.server;
    if (which !== 'case') {
      await pool.query('DELETE FROM family_consent WHERE case_id = $1', [caseId]);
      await pool.query(`DELETE FROM record WHERE case_id = $1 AND kind = 'family.consent'`, [caseId]);
    }
    if (which === 'word') return;
    for (const table of ['province_case', 'case_version'])
      await pool.query(`DELETE FROM ${table} WHERE case_id = $1`, [caseId]);
    await pool.query(`DELETE FROM record WHERE case_id = $1 AND kind <> 'family.consent'`, [caseId]);
  }
  async function mend(caseId: string): Promise<void> {
    const { proof } = await o.t.as('petugas_verifikasi');
    expect((await proof.compare.mutate()).differences).toMatchObject([
      { caseId, kind: 'hilang_di_provinsi' },
    ]);
    await proof.repair.mutate({ caseId, subject: 'berkas', from: 'kantor' });
    await sent();
  }
  /** An old register: of its newest words the office knows nothing, and what the family said is what it was. */
  function forgetWords(caseId: string, after: number, kind: Consent): void {
    const { db } = o.register();
    const newer = `SELECT id FROM outbox WHERE case_id = @caseId AND kind = 'family.consent' AND version > @after`;
    db.prepare(`DELETE FROM receipt WHERE outbox_id IN (${newer})`).run({ caseId, after });
    db.prepare(`DELETE FROM outbox WHERE id IN (${newer})`).run({ caseId, after });
    db.prepare('UPDATE case_consent SET kind = ? WHERE case_id = ?').run(kind, caseId);
  }
  const keys = async (caseId: string): Promise<string[]> => {
    const { rows } = await province.server.pool.query(
      `SELECT key FROM record WHERE case_id = $1 AND kind = 'family.consent' ORDER BY received_at, version`,
      [caseId],
    );
    return rows.map(({ key }) => key);
  };

  it('is told anew ahead of the case that the province lost with it: what it says by now alone', async () => {
    const caseId = await o.accepted(1);
    await saying(caseId, '4', '1', '4');
    const before = await keys(caseId);
    expect(before).toHaveLength(3);
    await lose(caseId, 'both');
    const shownAhead: boolean[] = [];
    o.line.fault = async (_, pass) => {
      const response = await pass();
      shownAhead.push((await shown()).includes(caseId));
      return response;
    };
    await mend(caseId);
    expect(shownAhead).not.toContain(true);
    const after = await keys(caseId);
    expect([after.length, before.includes(after[0] ?? '')]).toEqual([1, false]);
    const { proof } = await o.until((status) => status.proof?.state === 'cocok');
    expect(proof?.differences).toBe(0);
  });

  it('stands there where it refused after the province lost that it had agreed again', async () => {
    const caseId = await o.accepted(1);
    await saying(caseId, '4', '1');
    await lose(caseId, 'both');
    await saying(caseId, '4');
    await mend(caseId);
    expect(await shown()).not.toContain(caseId);
    await o.until((status) => status.proof?.state === 'cocok');
  });

  it('stands there where the word before it was lost, and one that waits there was told without it', async () => {
    const caseId = await o.accepted(1);
    await saying(caseId, '4', '1', '4');
    await lose(caseId, 'both');
    // An answer that never came: the newest goes once more, and waits for the one before, which was answered here.
    const { db } = o.register();
    const newest = `SELECT id FROM outbox WHERE case_id = @caseId AND kind = 'family.consent' AND version = 3`;
    const before = `SELECT idempotency_key FROM outbox WHERE case_id = @caseId AND kind = 'family.consent' AND version = 2`;
    db.prepare(`DELETE FROM receipt WHERE outbox_id IN (${newest})`).run({ caseId });
    db.prepare(
      `UPDATE outbox SET state = 'menunggu', next_try_at = created_at, parent_key = (${before}) WHERE id IN (${newest})`,
    ).run({ caseId });
    o.register().push?.retryNow();
    await sent();
    expect(await keys(caseId)).toHaveLength(1);
    await mend(caseId);
    expect(await shown()).not.toContain(caseId);
    const { proof } = await o.until((status) => status.proof?.state === 'cocok');
    expect(proof?.differences).toBe(0);
    const { rows } = await province.server.pool.query(
      `SELECT key FROM held_record WHERE record ->> 'caseId' = $1`,
      [caseId],
    );
    expect(rows).toEqual([]);
  });

  it('is named by the next comparison where it had agreed again, and the province lost that with the case', async () => {
    const caseId = await o.accepted(1);
    await saying(caseId, '4', '1');
    await lose(caseId, 'both');
    await mend(caseId);
    const { proof } = await o.t.as('petugas_verifikasi');
    expect((await proof.compare.mutate()).differences).toMatchObject([
      { caseId, subject: 'persetujuan', kind: 'hilang_di_provinsi' },
    ]);
    await proof.repair.mutate({ caseId, subject: 'persetujuan', from: 'kantor' });
    await sent();
    expect(await shown()).toContain(caseId);
    await o.until((status) => status.proof?.state === 'cocok');
  });

  it('stands there where the province lost the case alone, and holds a newer word than the office knows', async () => {
    const caseId = await o.accepted(1);
    await saying(caseId, '4', '1', '4');
    forgetWords(caseId, 2, '1');
    await lose(caseId, 'case');
    await mend(caseId);
    expect(await keys(caseId)).toHaveLength(3);
    expect(await shown()).not.toContain(caseId);
  });

  it('is told anew where it is recorded again: the province lost it alone, and nobody has compared since', async () => {
    const caseId = await o.accepted(1);
    await saying(caseId, '4');
    await lose(caseId, 'word');
    expect(await shown()).toContain(caseId);
    await saying(caseId, '4');
    expect(await shown()).not.toContain(caseId);
    const { history } = await (await o.t.as('petugas_loket')).cases.get.query({ caseId });
    const said = history.filter(({ type }) => type.startsWith('persetujuan_'));
    expect(said.map(({ type }) => type)).toEqual(['persetujuan_dicatat', 'persetujuan_dicatat']);
  });

  it.each(['1', '2'] as const)(
    'is told anew where an office agrees again (%s) that no longer knows of a refusal it told',
    async (kind) => {
      const caseId = await o.accepted(1);
      await saying(caseId, '1', '4');
      forgetWords(caseId, 0, '1');
      expect(await shown()).not.toContain(caseId);
      await saying(caseId, kind);
      expect(await shown()).toContain(caseId);
    },
  );

  it('is told once where it is recorded again while it waits', async () => {
    const caseId = await o.accepted(1);
    o.line.fault = cut;
    await say(caseId, '4');
    await say(caseId, '4');
    expect(o.words(caseId)).toHaveLength(1);
    o.line.fault = null;
    await sent();
    expect(await shown()).not.toContain(caseId);
  });

  it('is told again with the first that the province takes of its case: no proof names what it lost of it before', async () => {
    const { pool } = province.server;
    const inArea = (area: string) =>
      pool.query('UPDATE office SET area = $1 WHERE id = $2', [area, o.officeId()]);
    o.line.fault = cut;
    const caseId = await o.legalise(1);
    await say(caseId, '4');
    await inArea('31.71.02.1001');
    o.line.fault = null;
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITOLAK'), patient);
    await sent();
    await lose(caseId, 'word');
    await inArea(kelurahan);
    const actor: ServiceActor = { id: null, name: 'lurah', role: 'lurah' };
    takeStep(o.register(), actor, { caseId, action: 'perbaiki_dan_sahkan_ulang', reason: 'Sudah diperiksa' });
    await sent();
    expect(o.stateOf(caseId)).toBe('DITERIMA');
    expect(await shown()).not.toContain(caseId);
  });
});
