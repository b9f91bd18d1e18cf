import { describe, expect, it } from 'vitest';
import { listDecisionsOfCase, listOpenTasks } from '../../electron/store/down.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { theDinas } from './choosing.ts';
import { issueTo, lendOffice, type PushingOffice, takenDown } from './pushing.ts';

describe('what the province decides', () => {
  let province: TestProvince;
  let o: PushingOffice;

  lendOffice((lent) => ({ province, o } = lent));

  const issue = (kind: string, body: Record<string, unknown>) => issueTo(o, province, kind, body);
  const taken = () => takenDown(o, province);

  it('takes decisions and tasks, by cursor, each once', async () => {
    const caseId = await o.accepted(1);
    await issue('decision.penetapan', {
      caseId,
      periodId: '2026-11',
      outcome: 'ditetapkan',
      decree: '400/2026',
      decidedOn: '2026-11-09',
      note: null,
    });
    await issue('decision.rank', {
      periodId: '2026-11',
      model: 'pmt-1',
      of: 214,
      ranks: [{ caseId, rank: 7, desil: 2 }],
    });
    await issue('decision.recipients', {
      periodId: '2026-11',
      program: { id: 'klj', name: 'Kartu Lansia Jakarta' },
      recipients: [{ caseId, memberId: null, status: 'menerima', from: '2026-12-01', until: null }],
    });
    await issue('record.rejected', {
      caseId,
      key: null,
      code: 'nik_padan',
      field: null,
      sentence: 'NIK kepala rumah tangga tidak padan.',
      by: 'Dukcapil',
    });
    await taken();
    expect(listDecisionsOfCase(o.register().db, caseId)).toMatchObject([
      { matter: 'penetapan', outcome: { outcome: 'ditetapkan', decree: '400/2026' } },
      { matter: 'peringkat', outcome: { rank: 7, desil: 2, of: 214 } },
      { matter: 'program', program: 'Kartu Lansia Jakarta', outcome: { status: 'menerima' } },
    ]);
    expect(listOpenTasks(o.register().db)).toMatchObject([{ caseId, code: 'nik_padan', from: 'Dukcapil' }]);
    expect(o.status().attention).toBe(1);
    const { history } = await (await o.t.as('petugas_loket')).cases.get.query({ caseId });
    expect(history.filter(({ type }) => type === 'putusan_provinsi')).toHaveLength(3);
  });

  it('says of how many a rank is only where the province says it: what comes may be a part', async () => {
    const caseId = await o.accepted(1);
    const told = async () =>
      (await (await o.t.as('petugas_loket')).sync.decisions.query({ caseId })).map(
        ({ sentence }) => sentence,
      );
    const rank = (model: string, more: object) =>
      issue('decision.rank', { periodId: '2026-11', model, ...more, ranks: [{ caseId, rank: 1, desil: 2 }] });
    // The one of nine thousand that is this office's.
    await rank('pmt-1', {});
    await taken();
    expect(await told()).toEqual(['Urutan 1, desil 2 (pmt-1)']);
    await rank('pmt-2', { of: 4 });
    await taken();
    expect(await told()).toEqual(['Urutan 1 dari 4, desil 2 (pmt-2)']);
    // As an older version kept the length of a part for that of the whole.
    o.register().db.exec(`UPDATE province_decision SET outcome = json_set(outcome, '$.rank', 7)`);
    expect(await told()).toEqual(['Urutan 7, desil 2 (pmt-2)']);
  });

  it('keeps of one program what each member of a family was told, and of each the latest', async () => {
    const loket = await o.t.as('petugas_loket');
    const caseId = await o.accepted(1);
    const [one, other] = (await loket.cases.get.query({ caseId })).case.household.members;
    if (one === undefined || other === undefined) throw new Error('The family is to have two members.');
    const tell = async (recipients: Record<string, unknown>[]) =>
      await issue('decision.recipients', {
        periodId: '2026-11',
        program: { id: 'kjp', name: 'KJP Plus' },
        recipients: recipients.map((said) => ({ caseId, from: null, until: null, ...said })),
      });
    await tell([
      { memberId: one.id, status: 'menerima' },
      { memberId: other.id, status: 'menerima' },
    ]);
    await tell([{ memberId: other.id, status: 'dihentikan' }]);
    await taken();
    const said = (await loket.sync.decisions.query({ caseId })).map(({ title, sentence }) => [
      title,
      sentence,
    ]);
    expect(said).toEqual([
      [`Program KJP Plus, ${one.name}`, 'Menerima'],
      [`Program KJP Plus, ${other.name}`, 'Dihentikan'],
    ]);
  });

  it('reads ids in capitals as those of the family, its members and its records', async () => {
    const loket = await o.t.as('petugas_loket');
    const caseId = await o.accepted(1);
    const [member] = (await loket.cases.get.query({ caseId })).case.household.members;
    if (member === undefined) throw new Error('The family is to have a member.');
    const capital = (id: string) => id.toUpperCase();
    const tell = async (ids: { caseId: string; memberId: string }, status: string) =>
      await issue('decision.recipients', {
        periodId: '2026-11',
        program: { id: 'kjp', name: 'KJP Plus' },
        recipients: [{ ...ids, status, from: null, until: null }],
      });
    await tell({ caseId: capital(caseId), memberId: capital(member.id) }, 'menerima');
    await tell({ caseId, memberId: member.id }, 'dihentikan');
    const decided = { outcome: 'ditetapkan', decree: '400/2026', decidedOn: '2026-11-09', note: null };
    await issue('decision.penetapan', { caseId: capital(caseId), periodId: '2026-11', ...decided });
    await issue('decision.rank', {
      periodId: '2026-11',
      model: 'pmt-1',
      ranks: [{ caseId: capital(caseId), rank: 1, desil: 2 }],
    });
    await issue('case.changed', {
      caseId: capital(caseId),
      baseVersion: 1,
      version: 2,
      reason: 'Padan',
      edits: [
        {
          path: `members.${capital(member.id)}.motherName`,
          before: null,
          after: 'IBU PROVINSI',
          by: theDinas,
        },
      ],
    });
    await issue('record.rejected', {
      caseId: capital(caseId),
      key: null,
      code: 'nik_padan',
      field: `members.${capital(member.id)}.nik`,
      sentence: 'NIK tidak padan.',
      by: 'Dukcapil',
    });
    await taken();
    const { household } = (await loket.cases.get.query({ caseId })).case;
    expect(household.members[0]?.motherName).toBe('IBU PROVINSI');
    const said = await loket.sync.decisions.query({ caseId });
    expect(said.map(({ title, sentence }) => [title, sentence])).toEqual([
      ['Penetapan', 'Ditetapkan dengan 400/2026 tanggal 09-11-2026'],
      ['Peringkat resmi', 'Urutan 1, desil 2 (pmt-1)'],
      [`Program KJP Plus, ${member.name}`, 'Dihentikan'],
    ]);
    expect(listOpenTasks(o.register().db).filter((task) => task.caseId === caseId)).toMatchObject([
      { field: `members.${member.id}.nik` },
    ]);
  });
});
