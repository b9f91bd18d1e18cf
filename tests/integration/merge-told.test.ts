import { describe, expect, it, vi } from 'vitest';
import { readField } from '../../shared/provincial/merge.ts';
import { takeStep } from '../../electron/services/case-steps.ts';
import { changeCase } from '../provincial-server/province-cases.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { rejections } from '../../shared/provincial/problems.ts';
import { cut } from './line.ts';
import { codeOf } from './office.ts';
import { shownBy } from './shown.ts';
import { lendOffice, type PushingOffice, patient, provinceTime } from './pushing.ts';

describe('a merge that the province hears of', () => {
  let province: TestProvince;
  let o: PushingOffice;
  lendOffice((lent) => ({ province, o } = lent));

  /** What the province was told of the case, oldest first. */
  async function told(caseId: string): Promise<{ kind: string; body: unknown }[]> {
    const { rows } = await province.server.pool.query(
      'SELECT kind, body FROM record WHERE case_id = $1 ORDER BY version',
      [caseId],
    );
    return rows;
  }

  function takeBack(caseId: string): void {
    takeStep(
      o.register(),
      { id: null, name: 'lurah', role: 'lurah' },
      { caseId, action: 'tarik_kembali', reason: 'Terdaftar dua kali' },
    );
  }

  async function merge(keptId: string, otherId: string): Promise<string> {
    const officer = await o.t.as('petugas_verifikasi');
    const { kept, other } = await officer.merge.compare.query({ keptId, otherId });
    const { mergeId } = await officer.merge.merge.mutate({
      kept: { caseId: kept.caseId, version: kept.version },
      other: { caseId: other.caseId, version: other.version },
      plan: { choices: {}, same: [], joining: [] },
      reason: 'Keluarga yang sama',
    });
    return mergeId;
  }

  it('names the case that the family went into, and takes that back when they are separated', async () => {
    const [kept, other] = [await o.accepted(1), await o.accepted(2)];
    takeBack(other);
    await o.until(({ waiting }) => waiting === 0);
    const mergeId = await merge(kept, other);
    expect(o.stateOf(other)).toBe('DIGABUNG');
    await o.until(({ waiting }) => waiting === 0);
    const { case: keptCase } = await (await o.t.as('lurah')).cases.get.query({ caseId: kept });
    const records = await told(other);
    expect(records.map(({ kind }) => kind)).toEqual(['case.legalised', 'case.retracted', 'case.retracted']);
    expect(readField(records[1]?.body, 'retraction.mergedInto')).toBeNull();
    expect(readField(records[2]?.body, 'retraction')).toMatchObject({
      reason: 'Keluarga yang sama',
      mergedInto: { caseId: kept, number: keptCase.number, provinceNumber: keptCase.provinceNumber },
    });

    await (
      await o.t.as('petugas_verifikasi')
    ).merge.separate.mutate({ mergeId, reason: 'Ternyata dua keluarga' });
    expect(o.stateOf(other)).toBe('DITARIK');
    await o.until(({ waiting }) => waiting === 0);
    const last = (await told(other)).at(-1);
    expect(readField(last?.body, 'retraction')).toMatchObject({
      reason: 'Ternyata dua keluarga',
      mergedInto: null,
    });
    expect(o.status().rejected).toBe(0);
  });

  it('of which one in the middle is separated again tells what the family at the end says by now', async () => {
    const end = await o.accepted(1);
    const clerk = await o.t.as('petugas_loket');
    const [middle, refusing] = [(await o.registered(2)).caseId, (await o.registered(6)).caseId];
    await clerk.cases.recordConsent.mutate({ caseId: refusing, kind: '4' });
    const parting = await merge(middle, refusing);
    await merge(end, middle);
    await o.until(({ waiting }) => waiting === 0);
    expect(await shownBy(province)).not.toContain(end);
    const officer = await o.t.as('petugas_verifikasi');
    await officer.merge.separate.mutate({ mergeId: parting, reason: 'Ternyata dua keluarga' });
    await o.until(({ waiting }) => waiting === 0);
    expect(o.words(end).map(({ sharing }) => sharing)).toEqual(['given', 'refused']);
    expect(await shownBy(province)).toContain(end);
    const { history, consent } = await clerk.cases.get.query({ caseId: end });
    expect(consent).toBeNull();
    expect(history.filter(({ type }) => type === 'persetujuan_dicatat')).toMatchObject([
      { reason: expect.stringMatching(/^Berkas .* dipisahkan dari /) },
    ]);
  });

  it('is told again by a person where the province refused to hear it; until then not all is sent', async () => {
    const [kept, other] = [await o.accepted(1), await o.accepted(2)];
    takeBack(other);
    await o.until(({ waiting }) => waiting === 0);
    // The province holds another version than the office knows of.
    const { pool } = province.server;
    const shift = async (by: number) =>
      await pool.query('UPDATE province_case SET version = version + $2 WHERE case_id = $1', [other, by]);
    await shift(-1);
    await merge(kept, other);
    await o.until(({ waiting }) => waiting === 0);
    expect(o.item(other)).toMatchObject({
      state: 'ditolak',
      sentence: rejections.base_version,
    });
    expect(o.status().rejected).toBe(1);
    const officer = await o.t.as('petugas_verifikasi');
    expect(await officer.attention.list.query()).toMatchObject([
      { kind: 'penarikan', caseId: other, sentence: rejections.base_version },
    ]);

    await shift(1);
    await officer.attention.sendRetractionAgain.mutate({ caseId: other });
    await o.until(({ waiting }) => waiting === 0);
    expect(readField((await told(other)).at(-1)?.body, 'retraction')).toMatchObject({
      reason: 'Keluarga yang sama',
      mergedInto: { caseId: kept },
    });
    expect(o.status().rejected).toBe(0);
    expect(await officer.attention.list.query()).toEqual([]);
    expect(await codeOf(officer.attention.sendRetractionAgain.mutate({ caseId: other }))).toBe('not_found');
  });

  it('tells nothing of a case that the province never held', async () => {
    const kept = await o.accepted(1);
    const { caseId: other } = await o.registered(2);
    await merge(kept, other);
    expect(o.item(other)).toBeUndefined();
  });

  it('is told again, naming where the family went, when the province changed the case meanwhile', async () => {
    const [kept, other] = [await o.accepted(1), await o.accepted(2)];
    takeBack(other);
    await o.until(({ waiting }) => waiting === 0);
    // A retracted case takes no changes of the province; this one was changed before it was taken back.
    await province.server.pool.query('UPDATE province_case SET retracted_at = NULL WHERE case_id = $1', [
      other,
    ]);
    o.line.fault = cut;
    await merge(kept, other);
    await changeCase(
      province.server.pool,
      {
        caseId: other,
        edits: [{ path: 'household.phone', value: '0213' }],
        by: 'Dinas Sosial',
        reason: 'Padan',
      },
      provinceTime,
    );
    o.line.fault = null;
    o.register().push?.retryNow();
    const lurah = await o.t.as('lurah');
    await vi.waitFor(async () => expect(await lurah.attention.list.query()).toHaveLength(1), patient);
    expect(o.status().attention).toBe(1);
    const [item] = await lurah.attention.list.query();
    if (item?.kind !== 'pertentangan') throw new Error('no clash');
    expect(item.retraction).toBe(true);
    await lurah.attention.resolve.mutate({
      caseId: other,
      choices: item.fields.map(({ id }) => ({ clashId: id, choice: 'provinsi' })),
    });
    expect(o.stateOf(other)).toBe('DIGABUNG');
    await o.until(({ waiting }) => waiting === 0);
    expect(readField((await told(other)).at(-1)?.body, 'retraction.mergedInto.caseId')).toBe(kept);
    expect(o.status().attention).toBe((await lurah.attention.list.query()).length);
  });
});
