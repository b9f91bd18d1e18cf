import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FindingRow } from '../../shared/contract/finding.ts';
import type { FindingOutcome } from '../../shared/domain/finding.ts';
import type { Household } from '../../shared/domain/household.ts';
import type { ReferenceSource } from '../../shared/domain/reference.ts';
import { csv, type CellValue } from '../fixtures/reference-files.ts';
import { dtksCsv } from '../fixtures/read-list.ts';
import { registerActive } from './families.ts';
import { dtksRows, family, withChild } from './listed-families.ts';
import { type Client, codeOf, openTestOffice, type TestOffice } from './office.ts';
import { bringList, uploadList } from './reference-office.ts';

/*
 * Lists that register nobody say grave things of a person (died, moved, NIK blocked): here are those who must be found in
 * them, and those who must not be taken for them.
 */

let t: TestOffice;
let officer: Client;
const caseOf: Record<string, string> = {};

/** One digit of the father's NIK is typed wrong in the case. */
const slipped = family(0);
/** Nobody's NIK is known to PPKS. */
const destitute = family(1);
/** The twin who is no member died. */
const twin = withChild(family(2), { name: 'Rina Amelia' });
/** Both twins are members, and one of them died. */
const twins = family(3);
/** The father, who is no member, died; the son bears his name. */
const namesake = family(4);
/** An elder sister of nearly the same name died. */
const sibling = withChild(family(5), { name: 'Nabila Putri', sex: 'P' });
/** Of whom padan was told nothing but the name and the No KK. */
const doubtful = family(6);
/** Whose NIK was wrong when padan was asked, and has been corrected since. */
const corrected = family(7);
/** Who stands in the register a second time, with a slip in the NIK and on another card. */
const double = family(8);
/** Beside whom the register has a twin, and a father of the same name, whom nobody reported. */
const alike = family(9);

/** Two of one name, born on one day, whose NIK are one digit apart; the former died. */
const dead = family(10);
const living: Household = {
  ...family(11),
  members: family(11).members.map((member, at) =>
    at === 0
      ? {
          ...member,
          name: dead.members[0]?.name ?? '',
          birthDate: dead.members[0]?.birthDate ?? null,
          nik: next(dead.members[0]?.nik),
        }
      : member,
  ),
};

const secondTwin = {
  ...twins.members[2],
  id: '0198a000-0000-7000-8000-000000000001',
  name: 'Nabilu',
  nik: next(twins.members[2]?.nik),
};
const bothTwins: Household = {
  ...twins,
  members: [...twins.members, secondTwin as Household['members'][number]],
};

/** The number with another digit at its end. */
function next(nik: string | null | undefined): string {
  const digits = nik ?? '';
  return digits.slice(0, -1) + String((Number(digits.at(-1)) + 1) % 10);
}

/** A row of padan: what was asked, and what Dukcapil says. */
function padanRow(
  household: Household,
  at: number,
  own: Partial<Record<'nik' | 'name' | 'born' | 'kk' | 'status', string>>,
): CellValue[] {
  const member = household.members[at];
  return [
    own.nik ?? member?.nik ?? '',
    own.name ?? member?.name ?? '',
    own.name ?? member?.name ?? '',
    own.born ?? member?.birthDate ?? '',
    own.kk ?? household.families[0]?.kk ?? '',
    '1',
    own.status ?? 'meninggal',
  ];
}

const padanHeader = ['NIK', 'NAMA', 'NAMA_LGKP', 'TGL_LHR', 'NO_KK', 'flag_pemadanan', 'status_nik'];
const padanRows = [
  padanRow(slipped, 0, { nik: next(slipped.members[0]?.nik) }),
  padanRow(twin, 2, { nik: next(twin.members[2]?.nik), name: 'RINI AMELIA' }),
  padanRow(bothTwins, 3, {}),
  padanRow(dead, 0, { kk: '' }),
  padanRow(namesake, 0, { nik: '3171011205450003', born: '1945-05-12' }),
  padanRow(sibling, 2, { nik: '3171015503990004', name: 'NABILAH PUTRI', born: '1999-03-15' }),
  padanRow(corrected, 0, { nik: next(corrected.members[0]?.nik), status: 'NIK tidak ditemukan' }),
];
/** Only the name and the card; the number is another's, or a filler. */
const unsureRow = padanRow(doubtful, 2, { nik: '0000000000000000', born: '' });

beforeAll(async () => {
  t = await openTestOffice();
  officer = await t.as('petugas_verifikasi');
  await importDtks();
  await importPadan('Padan November', padanRows, unsureRow);
  const elderly = destitute.members[1];
  await importList(
    'PPKS',
    'PPKS Gambir',
    Buffer.from(
      csv([
        [
          'nama',
          'nomor_nik',
          'tanggal_lahir',
          'jenis_kelamin',
          'alamat',
          'rt',
          'rw',
          'desa/kelurahan',
          'jenis_ppks',
        ],
        [
          elderly?.name.toUpperCase() ?? '',
          '',
          elderly?.birthDate ?? '',
          'PEREMPUAN',
          destitute.address.street,
          destitute.address.rt,
          destitute.address.rw,
          'GAMBIR',
          'Lanjut usia terlantar',
        ],
      ]),
    ),
  );
  const clerk = await t.as('petugas_loket');
  const families = {
    slipped,
    destitute,
    twin,
    bothTwins,
    namesake,
    sibling,
    doubtful,
    corrected,
    double,
    alike,
    living,
  };
  for (const [name, household] of Object.entries(families))
    caseOf[name] = (await registerActive(clerk, household)).caseId;
});
afterAll(() => t.close());

async function importList(source: ReferenceSource, name: string, bytes: Uint8Array, listDate = '2026-10-31') {
  const uploadId = await uploadList(t, await t.tokenOf('petugas_verifikasi'), 'daftar.csv', bytes);
  const listId = await bringList(officer, { uploadId, source, areaCodes: null, name, listDate });
  expect(await officer.reference.report.query({ listId })).toMatchObject({ refusedCount: 0 });
}

function importDtks(listDate?: string) {
  const rowsOfDouble = dtksRows(double);
  const rowsOfAlike = dtksRows(alike);
  const bytes = dtksCsv(
    ...rowsOfDouble,
    {
      ...rowsOfDouble[2],
      id_dtks: 'D-10',
      nomor_nik: next(double.members[2]?.nik),
      nomor_kk: '3171019999120002',
    },
    ...rowsOfAlike,
    { ...rowsOfAlike[2], id_dtks: 'D-11', nomor_nik: next(alike.members[2]?.nik), nama: 'INTIN' },
    {
      ...rowsOfAlike[0],
      id_dtks: 'D-12',
      nomor_nik: '3171011205450009',
      tanggal_lahir: '1945-05-12',
      hubungan_keluarga: 'ORANG TUA',
    },
  );
  return importList('DTKS', 'DTKS Gambir', bytes, listDate);
}

function importPadan(name: string, rows: CellValue[][], last: CellValue[], listDate?: string) {
  return importList('DUKCAPIL', name, Buffer.from(csv([padanHeader, ...rows, last])), listDate);
}

async function findings(name: string, state: 'terbuka' | 'selesai' = 'terbuka'): Promise<FindingRow[]> {
  for (;;) {
    const page = await officer.finding.list.query({ filter: { state }, offset: 0, limit: 200 });
    if (page.pending === 0) return page.rows.filter(({ caseId }) => caseId === caseOf[name]);
  }
}

async function told(name: string): Promise<string[]> {
  return (await findings(name)).map(({ kind, subject }) => `${kind} ${subject}`).toSorted();
}

const settle = (id: string | undefined, outcome: FindingOutcome, note = 'Keluarga ditanya') =>
  officer.finding.resolve.mutate({ id: id ?? '', outcome, note });

describe('a list that registers nobody', () => {
  it('knows a member whose NIK has a slip, and one without NIK', async () => {
    const father = slipped.members[0]?.name;
    expect(await told('slipped')).toEqual([`meninggal ${father}`, `nik_berbeda ${father}`]);
    const [found, ...more] = await findings('destitute');
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      kind: 'ppks_tanpa_daftar',
      subject: destitute.members[1]?.name,
      reported: 'Lanjut usia terlantar',
      listed: 'Tidak ada di DTKS',
    });
  });

  it.each(['twin', 'namesake', 'sibling'])('calls nobody dead for somebody alike: %s', async (name) => {
    const kinds = new Set((await findings(name)).map(({ kind }) => kind));
    expect([...kinds].filter((kind) => kind !== 'mungkin_orang_ini')).toEqual([]);
  });

  it('calls nobody dead once the case of whom it means is there', async () => {
    const kinds = async (name: string) =>
      (await findings(name)).map(({ kind }) => kind).filter((kind) => kind !== 'berkas_ganda');
    expect(await kinds('living')).toContain('meninggal');
    caseOf['dead'] = (await registerActive(await t.as('petugas_loket'), dead)).caseId;
    expect(await kinds('dead')).toEqual(['meninggal']);
    expect(await kinds('living')).toEqual(['mungkin_orang_ini']);
    // Who stands in two cases bears the number in both, and neither makes the other be looked at without end.
    const again = await registerActive(await t.as('petugas_loket'), { ...dead, phone: '0812' });
    caseOf['again'] = again.caseId;
    expect(await kinds('again')).toEqual(['meninggal']);
    expect(await kinds('dead')).toEqual(['meninggal']);
  });

  it('is refused where it speaks of somebody else all the same, until that is taken back', async () => {
    const found = (await findings('slipped')).find(({ kind }) => kind === 'meninggal');
    await settle(found?.id, 'bukan_orang_sama', 'Kakeknya, senama');
    expect(await told('slipped')).toEqual([]);
    await officer.finding.reopen.mutate({ id: found?.id ?? '' });
    expect(await told('slipped')).toHaveLength(2);
  });

  it('tells of the twin whom it means, and not of the other', async () => {
    expect(await told('bothTwins')).toEqual([`meninggal ${secondTwin.name}`]);
  });

  it('says nothing of a NIK that was corrected since it was asked', async () => {
    expect(await told('corrected')).toEqual([]);
  });
});

describe('somebody who may be a member', () => {
  const child = doubtful.members[2]?.name;
  const asked = `mungkin_orang_ini ${child}`;

  it('is asked about before anything is found', async () => {
    const [found, ...more] = await findings('doubtful');
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      kind: 'mungkin_orang_ini',
      source: 'Padan Dukcapil',
      subject: child,
      note: expect.stringContaining('Bila memang orang ini: tercatat meninggal'),
      ofPerson: true,
    });
    expect(found?.reported).toContain(child);
  });

  it('is found once somebody says that it is the member, and asked about again when that is taken back', async () => {
    const [found] = await findings('doubtful');
    for (const note of ['ok', 'jj', '...'])
      expect(await codeOf(settle(found?.id, 'orang_sama', note))).toBe('step_needs');
    await settle(found?.id, 'orang_sama');
    expect(await told('doubtful')).toContain(`meninggal ${child}`);
    expect(await told('doubtful')).not.toContain(asked);
    await officer.finding.reopen.mutate({ id: found?.id ?? '' });
    expect(await told('doubtful')).toEqual([asked]);
  });

  it('is not asked about again once refused with a reason, in no later list either, until that is taken back', async () => {
    const [found] = await findings('doubtful');
    expect(await codeOf(settle(found?.id, 'bukan_orang_sama', 'jj'))).toBe('step_needs');
    await settle(found?.id, 'bukan_orang_sama', 'Orang lain, senama');
    expect(await told('doubtful')).toEqual([]);
    await importPadan('Padan Desember', [], unsureRow, '2026-12-01');
    expect(await told('doubtful')).toEqual([]);
    await officer.finding.reopen.mutate({ id: found?.id ?? '' });
    expect(await told('doubtful')).toEqual([asked]);
  });
});

describe('who stands twice in a register', () => {
  const child = double.members[2]?.name;

  it('is found with a slip in the NIK too, with both rows, and missed by nobody', async () => {
    const [found, ...more] = await findings('double');
    expect(more).toEqual([]);
    expect(found).toMatchObject({ kind: 'tercatat_ganda', subject: child, ofPerson: true });
    expect(found?.listed).toMatch(/^GALIH, .*; dan GALIH, .*No KK 3171 •+ •+ 0002$/);
  });

  it('is no twin, and no father of the same name', async () => {
    expect((await told('alike')).filter((one) => one.startsWith('tercatat_ganda'))).toEqual([]);
  });

  it('is two persons where somebody says so, in the next version of the list too', async () => {
    const [found] = await findings('double');
    await settle(found?.id, 'bukan_orang_sama', 'Sepupunya, senama');
    const twice = async () => (await told('double')).filter((one) => one.startsWith('tercatat_ganda'));
    expect(await twice()).toEqual([]);
    await importDtks('2026-12-31');
    expect(await twice()).toEqual([]);
    await officer.finding.reopen.mutate({ id: found?.id ?? '' });
    expect(await twice()).toEqual([`tercatat_ganda ${child}`]);
  });
});
