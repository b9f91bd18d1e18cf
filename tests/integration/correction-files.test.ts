import { v7 as uuid } from 'uuid';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { attachToCase, openAttachment } from '../../electron/services/attachments.ts';
import type { ServiceActor } from '../../electron/services/register.ts';
import {
  findDueAttachment,
  listFilesToCarry,
  queueAttachmentsOfRecord,
  reopenFiles,
} from '../../electron/store/attachment-push.ts';
import { listAttachmentsOfCase } from '../../electron/store/attachments.ts';
import type { Draft } from '../../shared/contract/intake.ts';
import type { Correction } from '../../shared/contract/period.ts';
import type { DraftHousehold } from '../../shared/domain/draft.ts';
import type { Role } from '../../shared/domain/role.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { png, upload } from './households.ts';
import { cut } from './line.ts';
import { codeOf, noted } from './office.ts';
import { lendOffice, provinceTime, type PushingOffice, patient } from './pushing.ts';

describe('the files of a correction', () => {
  let province: TestProvince;
  let o: PushingOffice;
  lendOffice((lent) => ({ province, o } = lent));
  // What an office asks for by itself is over.
  beforeEach(() => o.until(({ proof }) => proof !== null));

  /** Types a correction with a picture, and puts it before the lurah. */
  async function propose(caseId: string, nth: number, typed: Partial<DraftHousehold>): Promise<Correction> {
    const { intake } = await o.t.as('petugas_loket');
    return await put(await intake.correct.mutate({ caseId }), nth, typed);
  }

  async function put(draft: Draft, nth: number, typed: Partial<DraftHousehold>): Promise<Correction> {
    const { intake, period } = await o.t.as('petugas_loket');
    const before = new Set((await period.corrections.query({ caseId: null })).map(({ id }) => id));
    expect((await upload(o.t, await o.t.tokenOf('petugas_loket'), draft.id, png(nth), `${nth}.png`)).ok).toBe(
      true,
    );
    const body = { ...draft.body, correctionNote: 'Surat dilihat', ...typed };
    const { version } = await intake.save.mutate({ draftId: draft.id, version: draft.version, body });
    await intake.register.mutate({ draftId: draft.id, version });
    const waiting = await period.corrections.query({ caseId: null });
    const added = waiting.find(({ id }) => !before.has(id));
    if (added === undefined) throw new Error('No correction waits.');
    // The newest comes first, whatever was proposed in the same moment.
    o.t.clock.advance(1_000);
    return added;
  }

  const decide = async ({ id }: Correction, approve: boolean): Promise<unknown> =>
    (await o.t.as('lurah')).period.decide.mutate({
      correctionId: id,
      approve,
      answer: approve ? '' : 'Suratnya keliru',
    });
  const onCase = (caseId: string) => listAttachmentsOfCase(o.register().db, caseId).map(({ name }) => name);
  const kept = () => o.register().db.prepare('SELECT count(*) FROM attachment').pluck().get();
  /** How many files the newest record of a case names, and whether the province holds all of them whole. */
  const sent = (caseId: string) =>
    o
      .register()
      .db.prepare(
        `SELECT json_array_length(body, '$.attachments') FROM outbox WHERE case_id = ? ORDER BY rowid DESC LIMIT 1`,
      )
      .pluck()
      .get(caseId);
  const arrived = async () => {
    const whole = 'SELECT 1 FROM attachment WHERE complete_at IS NOT NULL AND office_id = $1';
    return (await province.server.pool.query(whole, [o.officeId()])).rows.length;
  };
  async function look(attachmentId: string, role: Role = 'lurah'): Promise<Response> {
    return await o.t.office.fetch(
      new Request('http://mutakhir.test/files/attachment/content', {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await o.t.tokenOf(role)}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ attachmentId }),
      }),
    );
  }

  it('wait with it for the lurah, who sees them, and go to the province once it is approved', async () => {
    const caseId = await o.accepted(1);
    const waiting = await propose(caseId, 1, { phone: '0215551111' });
    expect(waiting.attachments).toMatchObject([{ name: '1.png' }]);
    expect((await look(waiting.attachments[0]?.id ?? '')).status).toBe(200);
    expect(noted(o.register(), 'dokumen_dibuka')).toHaveLength(1);

    // Another correction goes out meanwhile, and takes nothing along that nobody approved.
    await o.correct(caseId, (body) => (body.address.street = 'Jl. Tanah Abang'));
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    expect([onCase(caseId), sent(caseId), await arrived()]).toEqual([[], 0, 0]);

    await decide(waiting, true);
    expect([onCase(caseId), sent(caseId)]).toEqual([['1.png'], 1]);
    await vi.waitFor(async () => expect(await arrived()).toBe(1), patient);
    const { corrections } = (await o.t.as('lurah')).period;
    const decided = (await corrections.query({ caseId })).find(({ id }) => id === waiting.id);
    expect(decided).toMatchObject({ state: 'disetujui', attachments: [{ name: '1.png' }] });
  });

  it('are erased with it when the lurah declines, but for what another still needs', async () => {
    const caseId = await o.legalise(1);
    const first = await propose(caseId, 1, { phone: '0215551111' });
    const second = await propose(caseId, 1, { phone: '0215552222' });
    const third = await propose(caseId, 3, { phone: '0215553333' });
    expect(kept()).toBe(2);
    await decide(first, false);
    expect((await look(first.attachments[0]?.id ?? '')).status).toBe(404);
    expect((await look(second.attachments[0]?.id ?? '')).status).toBe(200);
    await decide(third, false);
    expect([kept(), onCase(caseId)]).toEqual([1, []]);
    await decide(second, true);
    expect([kept(), onCase(caseId)]).toEqual([1, ['1.png']]);
    const details = (await (await o.t.as('lurah')).cases.get.query({ caseId })).history.map(
      ({ detail }) => detail,
    );
    expect(details.filter((detail) => detail?.includes('1 lampiran dihapus'))).toHaveLength(2);
    expect(details.filter((detail) => detail?.includes('1 lampiran ditambah'))).toHaveLength(1);
  });

  it('stay with one that cannot be carried out any more, until it is declined', async () => {
    const caseId = await o.legalise(1);
    const late = await propose(caseId, 1, { phone: '0215551111' });
    await o.correct(caseId, (body) => (body.phone = '0215552222'));
    expect(await codeOf(decide(late, true))).toBe('correction_outdated');
    expect(onCase(caseId)).toEqual([]);
    expect((await look(late.attachments[0]?.id ?? '')).status).toBe(200);
    await decide(late, false);
    expect([kept(), onCase(caseId)]).toEqual([0, []]);
  });

  it('stay where the case went into another meanwhile, and who decides reads where they belong', async () => {
    const [kept, caseId] = [await o.accepted(1), await o.accepted(2)];
    const late = await propose(caseId, 1, { phone: '0215551111' });
    expect(late.ended).toBeNull();
    const lurah = await o.t.as('lurah');
    const { case: given } = await lurah.cases.get.query({ caseId });
    await lurah.cases.takeStep.mutate({
      caseId,
      action: 'tarik_kembali',
      reason: 'Terdaftar dua kali',
      version: given.version,
    });
    const officer = await o.t.as('petugas_verifikasi');
    const seen = await officer.merge.compare.query({ keptId: kept, otherId: caseId });
    await officer.merge.merge.mutate({
      kept: { caseId: kept, version: seen.kept.version },
      other: { caseId, version: seen.other.version },
      plan: { choices: {}, same: [], joining: [] },
      reason: 'Keluarga yang sama',
    });
    const [waiting] = await lurah.period.corrections.query({ caseId });
    const { number } = (await lurah.cases.get.query({ caseId: kept })).case;
    expect(waiting).toMatchObject({
      ended: { why: 'digabung', into: number },
      attachments: [{ name: '1.png' }],
    });
    expect(await codeOf(decide(late, true))).not.toBe('no error');
    expect((await look(late.attachments[0]?.id ?? '')).status).toBe(200);
    await decide(late, false);
    expect(await lurah.period.corrections.query({ caseId })).toMatchObject([
      { state: 'ditolak', ended: null },
    ]);
  });

  it('of a branch wait with what the branch proposes', async () => {
    const caseId = await o.legalise(1);
    const { intake } = await o.t.as('petugas_loket');
    const draft = await intake.correct.mutate({ caseId });
    const branch = await intake.fork.mutate({ branchId: uuid(), draftId: draft.id, body: draft.body });
    const own = await put(draft, 1, { phone: '0215551111' });
    const branched = await put(branch, 2, { phone: '0215552222' });
    expect([own.attachments.length, branched.attachments.length]).toEqual([1, 1]);
    await decide(branched, true);
    expect(onCase(caseId)).toEqual(['2.png']);
    await decide(own, false);
    expect([kept(), onCase(caseId)]).toEqual([1, ['2.png']]);
  });

  const holding = { holdRefusing: 0 } as const;
  const anyTime = { ...holding, now: '9999-12-31', latest: '9999-12-31', behind: [] };
  const pushes = () => o.register().db.prepare('SELECT count(*) FROM attachment_push').pluck().get();
  const hashOf = ({ attachments: [file] }: Correction) =>
    String(o.register().db.prepare('SELECT hash FROM attachment_link WHERE id = ?').pluck().get(file?.id));

  it('go nowhere before the lurah decided, though the province lacks the same content', async () => {
    const caseId = await o.accepted(1);
    const id = String(o.register().db.prepare('SELECT id FROM account LIMIT 1').pluck().get());
    const clerk: ServiceActor = { id, name: 'Loket', role: 'petugas_loket' };
    const other = await o.registered(2);
    attachToCase(o.register(), clerk, {
      caseId: other.caseId,
      slot: 'bukti',
      name: 'foto.png',
      content: Buffer.from(png(1)),
    });
    o.legaliseRegistered(other.caseId);
    await vi.waitFor(async () => expect(await arrived()).toBe(1), patient);
    // As where its record was taken back from the province, and the file was not.
    const { db } = o.register();
    db.exec('DELETE FROM attachment_push; DELETE FROM attachment_link;');
    const waiting = await propose(caseId, 1, { phone: '0215551111' });
    expect(kept()).toBe(1);
    o.line.fault = cut;
    const record = String(db.prepare('SELECT id FROM outbox WHERE case_id = ?').pluck().get(other.caseId));
    const at = provinceTime.toISOString();
    queueAttachmentsOfRecord(db, record, at);
    expect([reopenFiles(db, [hashOf(waiting)], at), pushes()]).toEqual([0, 0]);
    expect(listFilesToCarry(db, [hashOf(waiting)], holding)).toEqual([]);
    // As a program from before this rule left it.
    db.prepare(
      `INSERT INTO attachment_push (hash, state, sent, tries, next_try_at, updated_at) VALUES (?, 'menunggu', 0, 0, ?, ?)`,
    ).run(hashOf(waiting), at, at);
    expect([findDueAttachment(db, anyTime), listFilesToCarry(db, [], holding)]).toEqual([null, []]);
    await decide(waiting, true);
    expect(findDueAttachment(db, anyTime)).toMatchObject({ hash: hashOf(waiting) });
  });

  it('are erased though they were on their way to the province', async () => {
    const caseId = await o.legalise(1);
    const waiting = await propose(caseId, 1, { phone: '0215551111' });
    const at = provinceTime.toISOString();
    const { db } = o.register();
    const begin = () =>
      db
        .prepare(
          `INSERT INTO attachment_push (hash, state, sent, tries, next_try_at, updated_at)
           SELECT hash, 'menunggu', 0, 0, ?, ? FROM attachment`,
        )
        .run(at, at);
    begin();
    await decide(waiting, false);
    expect([kept(), pushes()]).toEqual([0, 0]);

    // So are those of a draft that was discarded a week ago, of which the next discarding takes leave.
    const { intake } = await o.t.as('petugas_loket');
    const draft = await intake.correct.mutate({ caseId });
    await upload(o.t, await o.t.tokenOf('petugas_loket'), draft.id, png(2), '2.png');
    begin();
    await intake.discard.mutate({ draftId: draft.id });
    db.prepare(`UPDATE draft SET discarded_at = '2026-11-01T02:00:00.000Z' WHERE id = ?`).run(draft.id);
    const later = await intake.correct.mutate({ caseId });
    await intake.discard.mutate({ draftId: later.id });
    expect([kept(), pushes()]).toEqual([0, 0]);
  });

  it('are opened by who types, decides or proposed it, and by nobody else before it is decided', async () => {
    const caseId = await o.legalise(1);
    const waiting = await propose(caseId, 1, { phone: '0215551111' });
    const file = waiting.attachments[0]?.id ?? '';
    const opened = async () => {
      const roles = ['petugas_loket', 'petugas_verifikasi', 'lurah', 'administrator'] as const;
      const statuses: number[] = [];
      for (const role of roles) statuses.push((await look(file, role)).status);
      return statuses;
    };
    expect(await opened()).toEqual([200, 200, 200, 404]);
    // Nor is more told of it than that it is there.
    const told = async () => {
      const { corrections } = (await o.t.as('administrator')).period;
      const [correction] = await corrections.query({ caseId });
      return [correction?.attachments.map(({ name }) => name), correction?.closedAttachments];
    };
    expect(await told()).toEqual([[], 1]);
    expect(noted(o.register(), 'dokumen_dibuka')).toHaveLength(3);
    const { db } = o.register();
    const proposer = String(
      db.prepare('SELECT proposed_by FROM correction WHERE id = ?').pluck().get(waiting.id),
    );
    // Whoever proposed it may have become something else since.
    const admin: ServiceActor = { id: proposer, name: 'Dulu loket', role: 'administrator' };
    expect(openAttachment(o.register(), admin, file).mediaType).toBe('image/png');
    await decide(waiting, true);
    expect(await opened()).toEqual([200, 200, 200, 200]);
    expect(await told()).toEqual([['1.png'], 0]);
  });

  it('are there again in a program that was ended before the lurah decided', async () => {
    const caseId = await o.legalise(1);
    const waiting = await propose(caseId, 1, { phone: '0215551111' });
    await o.t.restart();
    expect(onCase(caseId)).toEqual([]);
    await decide(waiting, true);
    expect(onCase(caseId)).toEqual(['1.png']);
  });
});
