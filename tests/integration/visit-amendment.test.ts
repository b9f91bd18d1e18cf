import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { MendItem } from '../../shared/contract/attention.ts';
import type { OpenSheet } from '../../shared/contract/verification.ts';
import { encodeAnswer } from '../../shared/domain/instrument-exchange.ts';
import { type Question, questionsOf, valueOf } from '../../shared/domain/instrument.ts';
import { type VisitEdit, withVisitEdits } from '../../shared/domain/visit-amendment.ts';
import { CaseLegalisedBody } from '../../shared/provincial/record.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { type Client, codeOf, kelurahan } from './office.ts';
import { cut, onBatches } from './line.ts';
import { changeThere, issueTo, lendOffice, type PushingOffice, patient, takenDown } from './pushing.ts';
import { fullEntry, printForms, readyCase, workAt } from './visits.ts';

/** A choice of three or more that decides about no other question, and another answer to it than `now`. */
function freeChoice(sheet: OpenSheet, now: Readonly<Record<string, string>>): [Question, string] {
  const conditions = JSON.stringify(sheet.instrument);
  for (const question of questionsOf(sheet.instrument.household)) {
    const [other] = question.options.filter((option) => valueOf(option) !== now[question.id]);
    const decides = conditions.includes(`"field":"${question.id}"`);
    const several = question.options.length > 2;
    if (now[question.id] !== undefined && other !== undefined && several && !decides)
      return [question, valueOf(other)];
  }
  throw new Error('The questionnaire has no such question.');
}

/** The question's answers but this one. */
function otherAnswers({ options }: Question, now: string | undefined): string[] {
  return options.map(valueOf).filter((value) => value !== now);
}

describe('an answer of the visit that is mended after the case was legalised', () => {
  let province: TestProvince;
  let o: PushingOffice;
  let officer: Client;
  let lurah: Client;
  let caseId: string;
  let sheet: OpenSheet;
  let question: Question;
  let right: string;

  lendOffice((lent) => ({ province, o } = lent));
  beforeEach(async () => {
    [officer, lurah] = [await o.t.as('petugas_verifikasi'), await o.t.as('lurah')];
    caseId = await readyCase(o.t);
    await printForms(o.t, [caseId]);
    const [out] = await workAt(officer, 'lapangan');
    const open = await officer.verification.openSheet.query({ code: out?.sheet?.code ?? '' });
    const entry = fullEntry(open);
    const { version } = await officer.verification.save.mutate({
      sheetId: open.sheetId,
      version: open.version,
      entry,
    });
    await officer.verification.finish.mutate({ sheetId: open.sheetId, version });
    for (const action of ['setujui_pemeriksaan', 'sahkan'] as const)
      await lurah.cases.takeStep.mutate({ caseId, action, reason: null, version: await caseVersion() });
    await o.until(({ waiting }) => waiting === 0);
    sheet = await officer.verification.openSheet.query({ code: open.code });
    [question, right] = freeChoice(sheet, entry.household);
  });

  const caseVersion = async () => (await officer.cases.get.query({ caseId })).case.version;
  const path = () => `visit.household.${question.id}`;
  const mended = (after = right) =>
    withVisitEdits(sheet.entry, [{ path: path(), before: sheet.entry.household[question.id] ?? '', after }]);
  const propose = (entry = mended()) =>
    officer.verification.proposeCorrection.mutate({
      sheetId: sheet.sheetId,
      version: sheet.version,
      entry,
      reason: 'Salah dientri',
    });
  const decide = (correctionId: string, approve = true) =>
    lurah.period.decide.mutate({ correctionId, approve, answer: approve ? '' : 'Sudah benar' });
  const moveOffice = (area: string) =>
    province.server.pool.query('UPDATE office SET area = $1 WHERE id = $2', [area, o.officeId()]);
  const heldThere = async () => {
    const { rows } = await province.server.pool.query(
      'SELECT kind, body FROM record WHERE case_id = $1 ORDER BY version DESC LIMIT 1',
      [caseId],
    );
    return { kind: rows[0].kind, visit: CaseLegalisedBody.parse(rows[0].body).visit };
  };
  const firstMend = async (): Promise<MendItem> => {
    const [item] = await officer.attention.list.query();
    if (item?.kind !== 'tugas' && item?.kind !== 'ditolak') throw new Error('Nothing is to be mended.');
    return item;
  };

  it('is named by the province as the question it is, and reaches it once the lurah has approved', async () => {
    await issueTo(o, province, 'record.rejected', {
      caseId,
      key: null,
      code: 'jawaban',
      field: path(),
      sentence: 'Jawaban ini tidak cocok dengan foto.',
      by: 'Dinas Sosial',
    });
    await takenDown(o, province);
    const item = await firstMend();
    expect(item.fieldLabel).toBe(`${question.no} ${question.label}`);
    expect(item.target).toEqual({ to: 'kunjungan', code: sheet.code, field: `household.${question.id}` });
    expect(sheet).toMatchObject({ editable: false, correctable: true });

    const { id } = await propose();
    const before = await heldThere();
    expect(before.visit?.household[question.id]).not.toBe(encodeAnswer(question, right));
    await expect(decide(id)).resolves.toEqual({ id });
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    const after = await heldThere();
    expect(after.kind).toBe('case.corrected');
    expect(after.visit).toEqual({
      ...before.visit,
      household: { ...before.visit?.household, [question.id]: encodeAnswer(question, right) },
    });
    expect(await officer.attention.list.query()).toEqual([]);
    const { history } = await officer.cases.get.query({ caseId });
    expect(history.filter(({ type }) => /perbaikan/.test(type)).map(({ type }) => type)).toEqual([
      'perbaikan_diajukan',
      'perbaikan_disetujui',
      'sahkan_perbaikan',
    ]);
    const again = await officer.verification.openSheet.query({ code: sheet.code });
    expect(again.entry.household[question.id]).toBe(right);
    expect(again.version).toBe(sheet.version + 1);
  });

  it('mends a record that the province rejected for it, and is sent anew', async () => {
    // The reference province knows no questionnaire: it rejects for the area, and another reason is put in its place.
    await moveOffice('31.71.02.1001');
    await decide((await propose()).id);
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITOLAK'), patient);
    await moveOffice(kelurahan);
    o.register()
      .db.prepare(`UPDATE outbox SET problem = ? WHERE case_id = ? AND state = 'ditolak'`)
      .run(
        JSON.stringify({ code: 'invalid_record', sentence: 'Jawaban ditolak.', field: `body.${path()}` }),
        caseId,
      );
    expect(await firstMend()).toMatchObject({
      kind: 'ditolak',
      target: { to: 'kunjungan', code: sheet.code, field: `household.${question.id}` },
    });
    expect(o.item(caseId)?.field).toBe(`${question.no} ${question.label}`);
    sheet = await officer.verification.openSheet.query({ code: sheet.code });
    const third = otherAnswers(question, sheet.entry.household[question.id])[1] ?? '';
    await decide((await propose(mended(third))).id);
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    const { kind, visit } = await heldThere();
    expect(kind).toBe('case.corrected');
    expect(visit?.household[question.id]).toBe(encodeAnswer(question, third));
  });

  it.each(['provinsi', 'kantor'] as const)(
    'is named in a clash as the question and the answers that it is, and opens at it; what the %s says may be chosen',
    async (choice) => {
      const words = (value: string) => question.options.find((option) => valueOf(option) === value)?.label;
      const [there] = otherAnswers(question, right).filter(
        (value) => value !== sheet.entry.household[question.id],
      );
      o.line.fault = onBatches(cut);
      await decide((await propose()).id);
      await changeThere(province, caseId, path(), encodeAnswer(question, there ?? ''));
      o.line.fault = null;
      o.register().push?.retryNow();
      await vi.waitFor(() => expect(o.item(caseId)?.state).toBe('bertentangan'), patient);
      const [item] = await officer.attention.list.query();
      if (item?.kind !== 'pertentangan') throw new Error('no clash');
      expect(item.fields).toMatchObject([
        {
          label: `${question.no} ${question.label}`,
          visit: { code: sheet.code, field: `household.${question.id}` },
          base: words(sheet.entry.household[question.id] ?? ''),
          ours: words(right),
          theirs: words(there ?? ''),
        },
      ]);
      const choices = item.fields.map(({ id }) => ({ clashId: id, choice }));
      await officer.attention.resolve.mutate({ caseId, choices });
      await o.until(({ waiting, attention }) => waiting === 0 && attention === 0);
      const said = choice === 'provinsi' ? there : right;
      expect((await heldThere()).visit?.household[question.id]).toBe(encodeAnswer(question, said ?? ''));
    },
  );

  it("is kept as it is typed, each person's own, over a power cut, until it is put before the lurah", async () => {
    const edits = [{ path: path(), before: sheet.entry.household[question.id] ?? '', after: right }];
    const { sheetId, code } = sheet;
    const keptOf = async (client: Client) => (await client.verification.openSheet.query({ code })).amendment;
    await officer.verification.keepAmendment.mutate({ sheetId, edits });
    expect((await officer.verification.openSheet.query({ code })).entry).toEqual(sheet.entry);
    await o.t.restart();
    officer = await o.t.as('petugas_verifikasi');
    expect(await keptOf(officer)).toEqual(edits);
    expect(await keptOf(await o.t.as('petugas_verifikasi', 2))).toEqual([]);
    await propose();
    expect(await keptOf(officer)).toEqual([]);
    await officer.verification.keepAmendment.mutate({ sheetId, edits });
    await officer.verification.keepAmendment.mutate({ sheetId, edits: [] });
    expect(await keptOf(officer)).toEqual([]);
  });

  it('changes nothing where the lurah does not approve, and not how the visit ended or whom it found', async () => {
    const { id } = await propose({ ...mended(), result: '2', duplicateOf: 'x' });
    await decide(id, false);
    const again = await officer.verification.openSheet.query({ code: sheet.code });
    expect(again.entry).toEqual(sheet.entry);
    expect(await codeOf(propose({ ...sheet.entry, result: '2' }))).toBe('correction_empty');
  });

  it('takes no answer that the questionnaire does not have, and none over what another correction changed', async () => {
    expect(await codeOf(propose(mended('tidak ada')))).toBe('answers_incomplete');
    const [first, second] = [await propose(), await propose()];
    const third = otherAnswers(question, sheet.entry.household[question.id]).find((value) => value !== right);
    const other = await propose(mended(third));
    await decide(first.id);
    // Said twice alike: there is nothing that it would overwrite.
    await decide(second.id);
    expect(await codeOf(decide(other.id))).toBe('correction_outdated');
    expect(await codeOf(propose())).toBe('version_conflict');
  });

  it('is for what was legalised: a visit that can still be sent back is not mended by it', async () => {
    o.register().db.prepare(`UPDATE case_file SET state = 'DICACAH' WHERE id = ?`).run(caseId);
    expect(await officer.verification.openSheet.query({ code: sheet.code })).toMatchObject({
      correctable: false,
    });
    expect(await codeOf(propose())).toBe('step_not_possible');
    const { sheetId } = sheet;
    const keep = (edits: VisitEdit[], of = sheetId) =>
      officer.verification.keepAmendment.mutate({ sheetId: of, edits });
    const edit = { path: path(), before: '', after: right };
    expect(await codeOf(keep([edit]))).toBe('step_not_possible');
    expect(await codeOf(keep([edit], 'lain'))).toBe('sheet_unknown');
    // What was typed before may be left all the same.
    await expect(keep([])).resolves.toMatchObject({ savedAt: expect.any(String) });
  });
});
