import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Register } from '../../electron/services/register.ts';
import { migrate } from '../../electron/store/migrate.ts';
import type { FindingKind, FindingOutcome } from '../../shared/domain/finding.ts';
import { csv } from '../fixtures/reference-files.ts';
import { backTo68 } from '../fixtures/migrations-back.ts';
import { dtksCsv } from '../fixtures/read-list.ts';
import { registerActive } from './families.ts';
import { dtksRows, family } from './listed-families.ts';
import { type Client, openTestOffice, type TestOffice } from './office.ts';
import { bringList, uploadList } from './reference-office.ts';

/** Findings about one of several persons of a list, as a program left them that knew them by the sounds of a name. */

let t: TestOffice;
let officer: Client;
let opened: Register | null = null;

const twice = family(8);
const doubtful = family(6);
const other = '3171019999120002';

beforeAll(async () => {
  t = await openTestOffice({
    startBackground: (register) => {
      opened = register;
      return { stop: async () => {} };
    },
  });
  officer = await t.as('petugas_verifikasi');
  const rows = dtksRows(twice);
  const slipped = `${String(twice.members[2]?.nik).slice(0, -1)}0`;
  const second = { ...rows[2], id_dtks: 'D-10', nomor_nik: slipped, nomor_kk: other };
  const child = doubtful.members[2]?.name ?? '';
  const padan = [
    ['NIK', 'NAMA', 'NO_KK', 'flag_pemadanan', 'status_nik'],
    ['0000000000000000', child, doubtful.families[0]?.kk ?? '', '1', 'meninggal'],
  ];
  const files = { DTKS: dtksCsv(...rows, second), DUKCAPIL: Buffer.from(csv(padan)) };
  for (const [source, bytes] of Object.entries(files)) {
    const uploadId = await uploadList(t, await t.tokenOf('petugas_verifikasi'), 'daftar.csv', bytes);
    const given = { areaCodes: null, name: source, listDate: '2026-10-31' } as const;
    await bringList(officer, { uploadId, source: source === 'DTKS' ? 'DTKS' : 'DUKCAPIL', ...given });
  }
  const clerk = await t.as('petugas_loket');
  for (const household of [twice, doubtful]) await registerActive(clerk, household);
});
afterAll(() => t.close());

async function findings(state: 'terbuka' | 'selesai') {
  for (;;) {
    const page = await officer.finding.list.query({ filter: { state }, offset: 0, limit: 200 });
    if (page.pending === 0) return page.rows;
  }
}

async function settle(kind: FindingKind, outcome: FindingOutcome): Promise<string> {
  const found = (await findings('terbuka')).find((one) => one.kind === kind);
  const id = found?.id ?? '';
  await officer.finding.resolve.mutate({ id, outcome, note: 'Keluarga ditanya' });
  return id;
}

it('stay settled, and are the same at the next look', async () => {
  const register = opened;
  if (register === null) throw new Error('The register is not open.');
  const id = await settle('tercatat_ganda', 'daftar_diusulkan');
  const [question] = (await findings('terbuka')).filter(({ kind }) => kind === 'mungkin_orang_ini');
  const keys = () =>
    register.db
      .prepare(
        `SELECT id, key FROM finding WHERE kind IN ('tercatat_ganda', 'mungkin_orang_ini') ORDER BY id`,
      )
      .all();
  const written = keys();
  expect(written).toHaveLength(2);
  register.db.exec(
    `UPDATE finding SET key = kind || ' ' || member_id || ' ' || source || ' KL S ' || id
     WHERE kind IN ('tercatat_ganda', 'mungkin_orang_ini'); ${backTo68}`,
  );
  migrate(register.db);
  expect(keys()).toEqual(written);
  register.db.exec('INSERT INTO finding_due SELECT serial FROM case_file WHERE true ON CONFLICT DO NOTHING');
  expect((await findings('selesai')).map((one) => [one.id, one.gone])).toEqual([[id, false]]);
  expect((await findings('terbuka')).map((one) => one.id)).toEqual([question?.id]);
});
