import { beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { getCase, takeStep } from '../../electron/services/case-steps.ts';
import { listOpenClashes } from '../../electron/store/clashes.ts';
import { verifyJournal } from '../../electron/store/journal.ts';
import type { ProofView } from '../../shared/contract/proof.ts';
import { readField } from '../../shared/provincial/merge.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { altering, cut, type Fault, onBatches } from './line.ts';
import { type Client, codeOf, kelurahan } from './office.ts';
import { changeThere, lendOffice, type PushingOffice, patient, takenDown } from './pushing.ts';

const theLurah = { id: null, name: 'lurah', role: 'lurah' } as const;

describe('the proof that both sides hold the same', () => {
  let province: TestProvince;
  let o: PushingOffice;
  lendOffice((lent) => ({ province, o } = lent));
  // The look that every office takes by itself is over: what a test asks for is the only one.
  beforeEach(() => o.until(({ proof }) => proof !== null));

  const verifier = (): Promise<Client> => o.t.as('petugas_verifikasi');
  const compare = async (): Promise<ProofView> => (await verifier()).proof.compare.mutate();
  const repair = async (caseId: string, from: 'kantor' | 'provinsi'): Promise<ProofView> =>
    (await verifier()).proof.repair.mutate({ caseId, subject: 'berkas', from });

  async function held(caseId: string): Promise<{ key: string; hash: string; kind: string; body: unknown }[]> {
    const { rows } = await province.server.pool.query(
      'SELECT key, hash, kind, body FROM record WHERE case_id = $1 ORDER BY version',
      [caseId],
    );
    return rows;
  }

  /** The province loses a case as no province should. */
  async function lose(caseId: string): Promise<void> {
    await province.server.pool.query(
      `WITH lost AS (DELETE FROM province_case WHERE case_id = $1), versions AS (DELETE FROM case_version WHERE case_id = $1)
       DELETE FROM record WHERE case_id = $1`,
      [caseId],
    );
  }

  async function alter(caseId: string, ...values: readonly [path: string, value: unknown][]): Promise<void> {
    const changes = values.length === 0 ? ([['{household,phone}', '081299']] as const) : values;
    for (const [path, value] of changes)
      await province.server.pool.query(
        'UPDATE record SET body = jsonb_set(body, $2, $3) WHERE case_id = $1',
        [caseId, path, JSON.stringify(value)],
      );
  }

  it('compares by itself once everything is sent, and says so in the foot', async () => {
    await o.accepted(1);
    // New receipts are looked at within ten minutes.
    o.t.clock.advance(10 * 60_000);
    const at = o.t.clock.now().toISOString();
    const { proof } = await o.until((status) => status.proof?.at === at);
    expect(proof).toEqual({ state: 'cocok', at, via: 'sambungan', differences: 0, later: 0 });
    await o.accepted(2);
    const view = await compare();
    expect(view).toMatchObject({ casesHere: 2, casesThere: 2, differences: [] });
    expect(view.areas.every(({ same }) => same)).toBe(true);
    expect(view.areas.reduce((sum, { here }) => sum + here, 0)).toBe(2);
  });

  it('finds the record that the province lost, and sends it again under its key', async () => {
    const [lost, kept] = [await o.accepted(1), await o.accepted(2)];
    const before = o.item(lost);
    await lose(lost);
    const view = await compare();
    expect(view.mark).toMatchObject({ state: 'berbeda', differences: 1 });
    expect(view.differences).toMatchObject([{ caseId: lost, kind: 'hilang_di_provinsi', mendedFrom: null }]);
    expect(await codeOf(repair(lost, 'provinsi'))).toBe('difference_gone');

    expect((await repair(lost, 'kantor')).differences).toMatchObject([{ mendedFrom: 'kantor' }]);
    expect(await codeOf(repair(lost, 'kantor'))).toBe('difference_gone');
    await vi.waitFor(() => expect(o.item(lost)?.state).toBe('diterima'), patient);
    expect(await held(lost)).toMatchObject([{ hash: before?.hash }]);
    expect(await held(kept)).toHaveLength(1);
    expect(o.item(lost)?.receipt?.id).not.toBe(before?.receipt?.id);
    expect(o.stateOf(lost)).toBe('DITERIMA');
    // Looked at again without being asked, once nothing is on its way.
    await o.until(({ proof }) => proof?.state === 'cocok');
    expect(verifyJournal(o.register().db)).toMatchObject({ intact: true });
  });

  it('says anew what the province had changed itself and lost with the record', async () => {
    const lost = await o.accepted(1);
    await changeThere(province, lost, 'household.phone', '021-555');
    await takenDown(o, province);
    await lose(lost);
    await compare();
    await repair(lost, 'kantor');
    await o.until(({ proof }) => proof?.state === 'cocok');
    expect(o.stateOf(lost)).toBe('DITERIMA');
    expect(readField((await held(lost)).at(-1)?.body, 'household.phone')).toBe('021-555');
  });

  it('gets a receipt again that was lost here, and leaves what the province changed since', async () => {
    const caseId = await o.accepted(1);
    const before = o.item(caseId)?.receipt;
    await changeThere(province, caseId, 'household.address.street', 'Jl. Provinsi 1');
    await takenDown(o, province);
    o.register().db.prepare('DELETE FROM receipt').run();
    expect((await compare()).differences).toMatchObject([{ caseId, kind: 'hilang_di_kantor' }]);
    await repair(caseId, 'provinsi');
    expect([before?.id, o.item(caseId)?.receipt]).toEqual([expect.any(String), before]);
    expect(o.stateOf(caseId)).toBe('DITERIMA');
    expect(getCase(o.register(), caseId).household.address.street).toBe('Jl. Provinsi 1');
    expect(listOpenClashes(o.register().db, caseId)).toEqual([]);
    expect((await compare()).mark).toMatchObject({ state: 'cocok', differences: 0 });
  });

  it('shows it when the province no longer takes what it lost, and the mended case begins anew there', async () => {
    const caseId = await o.accepted(1);
    await lose(caseId);
    await compare();
    const moveOffice = (area: string) =>
      province.server.pool.query('UPDATE office SET area = $1 WHERE id = $2', [area, o.officeId()]);
    await moveOffice('31.71.02.1001');
    await repair(caseId, 'kantor');
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITOLAK'), patient);
    expect(o.status()).toMatchObject({ rejected: 1, attention: 1 });

    await moveOffice(kelurahan);
    const version = getCase(o.register(), caseId).version;
    await (
      await o.t.as('lurah')
    ).cases.takeStep.mutate({
      caseId,
      action: 'perbaiki_dan_sahkan_ulang',
      reason: 'Wilayah benar',
      version,
    });
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    expect(await held(caseId)).toMatchObject([{ kind: 'case.legalised' }]);
    expect((await compare()).mark?.state).toBe('cocok');
    expect(o.status()).toMatchObject({ rejected: 0, attention: 0 });
  });

  it('finds what the province lost though its clock has been set back since', async () => {
    const caseId = await o.accepted(1);
    o.register().db.prepare(`UPDATE receipt SET server_time = '2027-01-01T00:00:00.000Z'`).run();
    await lose(caseId);
    expect((await compare()).differences).toMatchObject([{ caseId, kind: 'hilang_di_provinsi' }]);
  });

  it('takes for no difference what gets its receipt while the province is asked', async () => {
    await o.accepted(1);
    let asked = false;
    o.line.fault = async (request, pass) => {
      if (asked || !request.url.includes('/v1/proof')) return await pass();
      asked = true;
      await o.accepted(2);
      return await pass();
    };
    expect(await compare()).toMatchObject({ casesHere: 1, casesThere: 2, differences: [] });
    expect(await compare()).toMatchObject({ casesHere: 2, casesThere: 2, mark: { state: 'cocok' } });
  });

  it('does not offer a repair anew that is under way, also where the province was asked before it', async () => {
    const [again, chosen] = [await o.accepted(1), await o.accepted(2)];
    await lose(again);
    await alter(chosen);
    await compare();
    let asked = false;
    o.line.fault = onBatches(cut, async (request, pass) => {
      const response = await pass();
      if (asked || !request.url.includes('/v1/proof')) return response;
      asked = true;
      await repair(again, 'kantor');
      await repair(chosen, 'provinsi');
      return response;
    });
    for (const view of [await compare(), await compare()]) {
      expect(view.mark).toMatchObject({ state: 'berbeda', differences: 0 });
      const sides = view.differences.map(({ caseId, mendedFrom }) => [caseId, mendedFrom] as const);
      expect(new Map(sides)).toEqual(
        new Map([
          [again, 'kantor'],
          [chosen, 'provinsi'],
        ]),
      );
    }
    o.line.fault = null;
    o.register().push?.retryNow();
    await vi.waitFor(() => expect(o.item(again)?.state).toBe('diterima'), patient);
    expect((await compare()).differences).toMatchObject([{ caseId: chosen, mendedFrom: 'provinsi' }]);
  });

  it('does not say cocok where an RW does not add up', async () => {
    const caseId = await o.accepted(1);
    takeStep(o.register(), theLurah, { caseId, action: 'tarik_kembali', reason: 'Salah keluarga' });
    await o.until(({ waiting }) => waiting === 0);
    const [first] = await held(caseId);
    await province.server.pool.query(
      `UPDATE record SET body = jsonb_set(body, '{household,address,rw}', '9') WHERE key = $1`,
      [first?.key],
    );
    const view = await compare();
    expect(view.mark).toMatchObject({ state: 'berbeda', differences: 1 });
    expect(view.differences).toMatchObject([{ caseId, kind: 'rw_berbeda' }]);
    expect(view.areas).toMatchObject([
      { here: 1, there: 0, same: false },
      { rw: 9, here: 0, there: 1, same: false },
    ]);
    expect(await codeOf(repair(caseId, 'kantor'))).toBe('difference_gone');

    // What the screen advises: the address is sent again.
    takeStep(o.register(), theLurah, { caseId, action: 'batalkan_penarikan', reason: 'Alamat dikirim lagi' });
    takeStep(o.register(), theLurah, { caseId, action: 'tarik_kembali', reason: 'Salah keluarga' });
    await o.until(({ waiting }) => waiting === 0);
    const mended = await compare();
    expect(mended).toMatchObject({ mark: { state: 'cocok' }, areas: [{ here: 1, there: 1, same: true }] });
  });

  it('finds what a false answer called rejected', async () => {
    const answer = ({ key }: { key: string }) => ({
      key,
      status: 'rejected',
      code: 'outside_area',
      field: null,
      sentence: 'Di luar wilayah.',
    });
    o.line.fault = altering((given) => {
      const response = z.looseObject({ answers: z.array(z.object({ key: z.string() })) }).parse(given);
      return { ...response, answers: response.answers.map(answer) };
    });
    const caseId = await o.legalise(1);
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITOLAK'), patient);
    o.line.fault = null;
    expect((await compare()).differences).toMatchObject([{ caseId, kind: 'hilang_di_kantor' }]);
    await repair(caseId, 'provinsi');
    expect(o.item(caseId)).toMatchObject({ state: 'diterima' });
    expect(o.stateOf(caseId)).toBe('DITERIMA');
    expect((await compare()).mark?.state).toBe('cocok');
    expect(await held(caseId)).toHaveLength(1);
  });

  it('finds a body that was altered there, and says it anew from here', async () => {
    const caseId = await o.accepted(1);
    await alter(caseId);
    expect((await compare()).differences).toMatchObject([{ caseId, kind: 'isi_berbeda' }]);
    await repair(caseId, 'kantor');
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    const records = await held(caseId);
    expect(records.map(({ kind }) => kind)).toEqual(['case.legalised', 'case.corrected']);
    expect(readField(records[1]?.body, 'household.phone')).not.toBe('081299');
    expect((await compare()).mark?.state).toBe('cocok');
  });

  it('takes an altered body from there as a choice between both values, and overwrites nothing', async () => {
    const caseId = await o.accepted(1);
    const lurah = await o.t.as('lurah');
    const phone = async () => (await lurah.cases.get.query({ caseId })).case.household.phone;
    const before = await phone();
    await alter(caseId);
    await compare();
    await repair(caseId, 'provinsi');
    expect(await phone()).toBe(before);
    const [item] = await lurah.attention.list.query();
    if (item?.kind !== 'pertentangan') throw new Error('no clash');
    expect(item.fields).toMatchObject([{ theirs: '081299' }]);
    await lurah.attention.resolve.mutate({
      caseId,
      choices: item.fields.map(({ id }) => ({ clashId: id, choice: 'provinsi' })),
    });
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    expect(await phone()).toBe('081299');
    expect((await compare()).mark?.state).toBe('cocok');
  });

  it('lets a person choose between fields of the family alone', async () => {
    const caseId = await o.accepted(1);
    await alter(caseId, ['{case,periodId}', '2020-01'], ['{decisions}', []]);
    await compare();
    expect(await codeOf(repair(caseId, 'provinsi'))).toBe('proof_no_field');
    await alter(caseId);
    expect((await compare()).differences).toMatchObject([{ mendedFrom: null }]);
    await repair(caseId, 'provinsi');
    const [item] = await (await o.t.as('lurah')).attention.list.query();
    expect(item).toMatchObject({ fields: [{ label: 'telepon rumah tangga', theirs: '081299' }] });
  });

  it('tells anew where a case went that was put into another', async () => {
    const [kept, other] = [await o.accepted(1), await o.accepted(2)];
    takeStep(o.register(), theLurah, {
      caseId: other,
      action: 'tarik_kembali',
      reason: 'Terdaftar dua kali',
    });
    const officer = await verifier();
    const { kept: into, other: gone } = await officer.merge.compare.query({ keptId: kept, otherId: other });
    await officer.merge.merge.mutate({
      kept: { caseId: kept, version: into.version },
      other: { caseId: other, version: gone.version },
      plan: { choices: {}, same: [], joining: [] },
      reason: 'Keluarga yang sama',
    });
    await o.until(({ waiting }) => waiting === 0);
    const { key } = (await held(other)).at(-1) ?? {};
    await province.server.pool.query(
      `UPDATE record SET body = jsonb_set(body, '{retraction,reason}', '"?"') WHERE key = $1`,
      [key],
    );
    await compare();
    expect(await codeOf(repair(other, 'provinsi'))).toBe('proof_no_field');
    await repair(other, 'kantor');
    await o.until(({ waiting }) => waiting === 0);
    expect((await compare()).mark?.state).toBe('cocok');
    expect((await held(other)).at(-1)?.body).toMatchObject({ retraction: { mergedInto: { caseId: kept } } });
    expect(o.stateOf(other)).toBe('DIGABUNG');
  });

  it.each([
    ['DITOLAK', 'restate_rejected'],
    ['DITUTUP', 'restate_closed'],
    ['TERIDENTIFIKASI', 'restate_on_way'],
  ])('says what is to be done first with a case that is %s', async (state, code) => {
    const caseId = await o.accepted(1);
    await alter(caseId);
    await compare();
    o.register().db.prepare('UPDATE case_file SET state = ? WHERE id = ?').run(state, caseId);
    expect(await codeOf(repair(caseId, 'kantor'))).toBe(code);
    expect(await codeOf(repair(caseId, 'provinsi'))).toBe(code);
    expect(await (await o.t.as('lurah')).attention.list.query()).toMatchObject(
      state === 'DITOLAK' ? [{ kind: 'ditolak' }] : [],
    );
  });

  it('refuses another body than the province signed, and lets it compare again', async () => {
    const caseId = await o.accepted(1);
    await alter(caseId);
    await compare();
    await alter(caseId, ['{household,phone}', '081300']);
    expect(await codeOf(repair(caseId, 'provinsi'))).toBe('proof_refused');
    expect(await (await o.t.as('lurah')).attention.list.query()).toEqual([]);
    await compare();
    expect((await repair(caseId, 'provinsi')).differences).toMatchObject([{ mendedFrom: 'provinsi' }]);
  });

  it.each<[string, Fault]>([
    ['a forged signature', onProof(({ proof }) => ({ proof: `${String(proof).slice(0, -8)}AAAAAAAA` }))],
    ['an answer to an older question', replayingProof()],
    ['a receipt in the place of a proof', onProof(() => ({ proof: 'e30.e30.e30' }))],
  ])('refuses %s, and keeps what was found before', async (_, fault) => {
    await o.accepted(1);
    expect((await compare()).mark?.state).toBe('cocok');
    o.line.fault = fault;
    await compare();
    const view = await compare();
    expect(view).toMatchObject({ mark: { state: 'tidak_terbukti' }, casesHere: 1, casesThere: 1 });
    expect(o.status().proof?.state).toBe('tidak_terbukti');
    o.line.fault = null;
    expect((await compare()).mark?.state).toBe('cocok');
  });

  it('refuses a record of the province that does not prove to be what was asked for', async () => {
    const [first, second] = [await o.accepted(1), await o.accepted(2)];
    await alter(first);
    await compare();
    const [other] = await held(second);
    o.line.fault = async (request, pass) => {
      if (!request.url.includes('/v1/records/')) return await pass();
      return await fetch(request.url.replace(/records\/.*/, `records/${other?.key}`), request.init);
    };
    expect(await codeOf(repair(first, 'provinsi'))).toBe('proof_refused');
    expect((await (await o.t.as('lurah')).attention.list.query()).length).toBe(0);
  });

  it('is told apart from an older server, and from a silent one', async () => {
    await o.accepted(1);
    o.line.fault = async (request, pass) =>
      request.url.includes('/v1/proof')
        ? Response.json(
            { wire: 1, error: { code: 'unknown_path', sentence: 'Tidak ada.', field: null } },
            { status: 404 },
          )
        : await pass();
    expect((await compare()).mark?.state).toBe('tidak_didukung');
    o.line.fault = () => Promise.reject(new TypeError('fetch failed'));
    expect(await codeOf(compare())).toBe('province_unreachable');
    expect(o.status().proof?.state).toBe('tidak_didukung');
  });
});

function onProof(change: (answer: Record<string, unknown>) => Record<string, unknown>): Fault {
  return async (request, pass) => {
    const response = await pass();
    if (!request.url.includes('/v1/proof')) return response;
    const answer: unknown = await response.json();
    return Response.json({ ...Object(answer), ...change(Object(answer)) });
  };
}

/** Gives the first proof it sees again and again. */
function replayingProof(): Fault {
  let first: unknown = null;
  return async (request, pass) => {
    const response = await pass();
    if (!request.url.includes('/v1/proof')) return response;
    first ??= await response.json();
    return Response.json(first);
  };
}
