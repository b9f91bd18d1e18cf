import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { attachToCase } from '../../electron/services/attachments.ts';
import { attentionItems, countAttention } from '../../electron/services/attention.ts';
import { piecesFor } from '../../electron/services/courier-files.ts';
import { lookAtDamaged, readPiece } from '../../electron/services/failing-files.ts';
import type { Register, ServiceActor } from '../../electron/services/register.ts';
import { syncStatus } from '../../electron/services/sync.ts';
import { reopenFiles } from '../../electron/store/attachment-push.ts';
import { openConnection } from '../../electron/store/connection.ts';
import { migrate } from '../../electron/store/migrate.ts';
import { AppError } from '../../shared/errors.ts';
import { backTo71 } from '../fixtures/migrations-back.ts';
import { familyDraft, registerFamily } from './households.ts';
import { openKnownOffice, type TestOffice } from './office.ts';

const page = 4096;
const whole = Buffer.from('%PDF-1.7 surat keterangan');
const damaged = Buffer.concat([whole, randomBytes(50 * page)]);

describe('a file of which a page of the register is damaged', () => {
  let known: Awaited<ReturnType<typeof openKnownOffice>>;
  let t: TestOffice;
  let office: Register;
  let clerk: ServiceActor;
  let caseId: string;
  let hashes: Record<'whole' | 'damaged', string>;

  beforeAll(async () => {
    known = await openKnownOffice();
    t = known.t;
    ({ caseId } = await registerFamily(await t.as('petugas_loket'), familyDraft(1)));
    office = known.register();
    const id = String(office.db.prepare('SELECT id FROM account LIMIT 1').pluck().get());
    clerk = { id, name: 'Loket', role: 'petugas_loket' };
    attachToCase(office, clerk, { caseId, slot: 'bukti', name: 'surat.pdf', content: whole });
    attachToCase(office, clerk, { caseId, slot: 'F-KK', name: 'kk.pdf', content: damaged });
    const hashOf = (size: number) =>
      String(office.db.prepare('SELECT hash FROM attachment WHERE size = ?').pluck().get(size));
    hashes = { whole: hashOf(whole.length), damaged: hashOf(damaged.length) };
    reopenFiles(office.db, Object.values(hashes), office.clock.now().toISOString());
    office.db.pragma('wal_checkpoint(TRUNCATE)');
  });
  afterAll(() => t.close());

  let copies = 0;
  /** The register as a program finds it that starts on these bytes. */
  function open(bytes: Buffer): Register {
    const file = join(dirname(office.file), `salinan-${(copies += 1)}.db`);
    writeFileSync(file, bytes);
    return { ...office, file, db: openConnection(file, { key: office.key }) };
  }

  const states = ({ db }: Register) => [
    db.prepare('SELECT state FROM attachment_push WHERE hash = ?').pluck().get(hashes.damaged),
    db.prepare('SELECT state FROM attachment_push WHERE hash = ?').pluck().get(hashes.whole),
  ];

  it.each([
    ['before its first piece', 0],
    ['in the middle', page],
  ])(
    'found %s, waits for a person, keeps no other, and goes once the disk reads it again',
    async (_, from) => {
      const sound = readFileSync(office.file);
      const flipped = Buffer.from(sound);
      // The large file was written last: fifty pages, of which this is one.
      const at = sound.length - 20 * page;
      flipped.writeUInt8(flipped.readUInt8(at) ^ 1, at);

      const register = open(flipped);
      expect(() => register.db.prepare('SELECT content FROM attachment').all()).toThrow('malformed');
      expect(readPiece(register, hashes.damaged, from, page)).toBeNull();
      expect(readPiece(register, hashes.whole, 0, page)).toEqual(whole);
      expect(states(register)).toEqual(['tak_terbaca', 'menunggu']);
      expect(attentionItems(register)).toMatchObject([
        { kind: 'lampiran', caseId, files: [{ name: 'kk.pdf', slot: 'F-KK', remedy: 'pulihkan' }] },
      ]);
      expect(countAttention(register)).toBe(1);
      expect(syncStatus(register).files).toMatchObject({ waiting: 2, failing: 1 });
      expect((await piecesFor(register, [], 1_000_000)).map(({ hash }) => hash)).toEqual([hashes.whole]);
      // The same file again cannot take its place, and that is said.
      const again = { caseId, slot: 'F-KK', name: 'kk.pdf', content: damaged } as const;
      expect(() => attachToCase(register, clerk, again)).toThrow(new AppError('content_unreadable'));
      for (const _ of lookAtDamaged(register));
      expect(states(register)).toEqual(['tak_terbaca', 'menunggu']);
      register.db.pragma('wal_checkpoint(TRUNCATE)');
      register.db.close();

      const mended = readFileSync(register.file);
      sound.copy(mended, at, at, at + 1);
      const later = open(mended);
      for (const _ of lookAtDamaged(later));
      expect(states(later)).toEqual(['menunggu', 'menunggu']);
      expect(countAttention(later)).toBe(0);
      expect(readPiece(later, hashes.damaged, 0, page)).toEqual(damaged.subarray(0, page));
      later.db.close();
    },
  );

  it('goes into no bundle where its content is another, and is told of', async () => {
    const register = open(readFileSync(office.file));
    register.db
      .prepare('UPDATE attachment SET content = ? WHERE hash = ?')
      .run(Buffer.alloc(damaged.length, 9), hashes.damaged);
    // Also where the record that names it travels in the same bundle.
    register.db.prepare('DELETE FROM attachment_push WHERE hash = ?').run(hashes.damaged);
    const body = JSON.stringify({ attachments: Object.values(hashes).map((hash) => ({ hash })) });
    const carried = await piecesFor(register, [{ body }], 1_000_000);
    expect(carried.map(({ hash }) => hash)).toEqual([hashes.whole]);
    expect(states(register)).toEqual(['rusak', 'menunggu']);
    expect(countAttention(register)).toBe(1);
    // A draft of whomever, with the same file, mends it as well.
    attachToCase(register, clerk, { caseId, slot: 'bukti', name: 'lagi.pdf', content: damaged });
    expect(countAttention(register)).toBe(0);
    expect(readPiece(register, hashes.damaged, 0, page)).toEqual(damaged.subarray(0, page));
    register.db.close();
  });

  it('of before this was known goes on where it stood', () => {
    const register = open(readFileSync(office.file));
    const { db } = register;
    db.exec(backTo71);
    const account = String(db.prepare('SELECT id FROM account LIMIT 1').pluck().get());
    const bundle = db.prepare(
      'INSERT INTO courier_bundle (number, bundle_id, made_at, made_by, records, down_after) VALUES (?, ?, ?, ?, 0, 0)',
    );
    for (const n of [1, 2, 3]) bundle.run(n, `paket ${n}`, `2026-11-0${n}T02:00:00.000Z`, account);
    const put = db.prepare(
      'UPDATE attachment_push SET state = ?, sent = 7, tries = ?, problem = ?, updated_at = ? WHERE hash = ?',
    );
    put.run('selesai', 0, null, '2026-11-02T03:00:00.000Z', hashes.whole);
    put.run('ditolak', 4, 'Terlalu besar.', '2026-11-03T03:00:00.000Z', hashes.damaged);
    migrate(db);
    const since = '2026-11-03T03:00:00.000Z';
    const kept =
      'SELECT state, sent, tries, problem, failing_since AS since FROM attachment_push WHERE hash = ?';
    expect(db.prepare(kept).get(hashes.damaged)).toEqual({
      state: 'menunggu',
      sent: 7,
      tries: 4,
      problem: 'Terlalu besar.',
      since,
    });
    expect(attentionItems(register)).toMatchObject([
      { kind: 'lampiran', since, files: [{ remedy: 'tunggu' }] },
    ]);
    // It had arrived before the third bundle was made, and after the second.
    const at = office.clock.now().toISOString();
    expect([2, 3].map((n) => reopenFiles(db, [hashes.whole], at, n))).toEqual([0, 1]);
    db.close();
  });

  it('is looked at again as the office opens', async () => {
    office.db
      .prepare(`UPDATE attachment_push SET state = 'tak_terbaca', failing_since = updated_at WHERE hash = ?`)
      .run(hashes.damaged);
    expect(countAttention(office)).toBe(1);
    await t.restart();
    await t.as('petugas_loket');
    office = known.register();
    await vi.waitFor(() => expect(countAttention(office)).toBe(0));
    expect(states(office)).toEqual(['menunggu', 'menunggu']);
  });
});
