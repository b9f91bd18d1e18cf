import { describe, expect, test } from 'vitest';
import { readList } from '../../tests/fixtures/read-list.ts';
import { csv, table, workbook, type CellValue } from '../../tests/fixtures/reference-files.ts';
import { headerKey } from './profile.ts';
import { profiles } from './profiles.ts';

function asCsv(...rows: Record<string, CellValue>[]): Buffer {
  return Buffer.from(csv(table(rows)));
}

test.each(profiles)('in $source no header means two columns', ({ columns }) => {
  const owners = new Map<string, string>();
  for (const column of columns) {
    for (const key of new Set([column.header, column.field, ...column.synonyms].map(headerKey))) {
      expect(owners.get(key) ?? column.field, key).toBe(column.field);
      owners.set(key, column.field);
    }
  }
});

describe('DTSEN', () => {
  const family = {
    nomor_kartu_keluarga: '3171010101200001',
    nama_kelurahan: 'GAMBIR',
    alamat: 'Jl. A No. 1',
    rt: '1',
    rw: '2',
    desil: 'Desil 3',
    sepeda_motor: 1,
  };
  const person = {
    nomor_kartu_keluarga: '3171010101200001',
    nomor_induk_kependudukan: '3171014101800001',
    nama: 'SITI AMINAH',
    tanggal_lahir: '1980-01-01',
    jenis_kelamin: 'Perempuan',
    status_hubungan_keluarga: 1,
  };
  const how = { source: 'DTSEN', areaCodes: null } as const;

  test('two sheets become families with their members', async () => {
    const { report, households } = await readList(
      await workbook({
        Keluarga: table([family]),
        Individu: table([person, { ...person, nama: 'BUDI', nomor_induk_kependudukan: null }]),
      }),
      how,
    );
    expect(report).toMatchObject({ sheet: 'Individu', rows: 2, households: 1, persons: 2, warnings: [] });
    expect(households[0]?.household).toMatchObject({
      kk: '3171010101200001',
      kelurahan: '31.71.01.1001',
      rt: 1,
      rw: 2,
      desil: 3,
      percentile: null,
      answers: { sepeda_motor: '1' },
    });
  });

  test('one sheet says the same', async () => {
    const { households } = await readList(asCsv({ ...family, ...person }), how);
    expect(households[0]?.household).toMatchObject({ desil: 3, kelurahan: '31.71.01.1001' });
  });

  test('sheets that do not fit together are told', async () => {
    const other = { ...family, nomor_kartu_keluarga: '3171010101200002' };
    const { report } = await readList(
      await workbook({ Keluarga: table([other]), Individu: table([person]) }),
      how,
    );
    expect(report.warnings.map(({ code }) => code)).toEqual([
      'family_row_missing',
      'kelurahan_unknown',
      'family_without_members',
    ]);
    const late = await readList(
      await workbook({
        Individu: table([{ ...person, nama_kelurahan: 'GAMBIR' }]),
        Keluarga: table([family]),
      }),
      how,
    );
    expect(late.report.warnings.map(({ code }) => code)).toEqual(['family_sheet_late']);
  });

  test.each([['0'], ['11'], ['6-10'], ['tinggi']])('desil %j is emptied and told', async (desil) => {
    const { report, households } = await readList(asCsv({ ...family, ...person, desil }), how);
    expect(households[0]?.household.desil).toBeNull();
    expect(report.warnings).toEqual([expect.objectContaining({ code: 'desil_unreadable' })]);
  });

  test('a relation in numbers is no word of another list’s: kept as it stands, and told', async () => {
    const { report, households } = await readList(
      asCsv(
        { ...family, ...person, status_hubungan_keluarga: 1 },
        { ...family, ...person, nomor_induk_kependudukan: null, nama: 'ANI', status_hubungan_keluarga: 3 },
        {
          ...family,
          ...person,
          nomor_induk_kependudukan: null,
          nama: 'TUTI',
          status_hubungan_keluarga: '3. Istri',
        },
      ),
      how,
    );
    expect(
      households[0]?.persons.map(({ relation, answers }) => [relation, answers['hubungan_asal']]),
    ).toEqual([
      ['1', undefined],
      [null, '3'],
      ['2', undefined],
    ]);
    expect(report.warnings).toEqual([
      expect.objectContaining({
        code: 'relation_unreadable',
        rows: [3],
        message: expect.stringMatching(/^Hubungan keluarga "3" adalah angka yang artinya tidak disebut/),
      }),
    ]);
  });

  test('an age is read with its unit, and told where it cannot be', async () => {
    const { report, households } = await readList(
      asCsv(
        { ...family, ...person, usia: '35 th' },
        { ...family, ...person, nomor_induk_kependudukan: null, nama: 'ANI', usia: 'dewasa' },
        { ...family, ...person, nomor_induk_kependudukan: null, nama: 'TUTI', usia: null },
      ),
      how,
    );
    expect(households[0]?.persons.map(({ age }) => age)).toEqual([35, null, null]);
    expect(report.warnings).toEqual([
      expect.objectContaining({
        code: 'age_unreadable',
        rows: [3],
        message: 'Umur "dewasa" tidak dapat dibaca dan dikosongkan.',
      }),
    ]);
  });

  test('a cell that empties its field says so; a blank one says nothing', async () => {
    const { households } = await readList(
      asCsv({ ...family, ...person, alamat: '[HAPUS]', tanggal_lahir: '' }),
      how,
    );
    expect(households[0]?.household).toMatchObject({ street: null, cleared: ['street'] });
    expect(households[0]?.persons[0]).toMatchObject({ birthDate: null });
    expect(households[0]?.persons[0]?.cleared).toBeUndefined();
  });
});

describe('Regsosek', () => {
  const keluarga = [
    ['I. KETERANGAN TEMPAT'],
    ['', '101', '102', '103', '104', '107', '108', '114', '301a', '502i', '502j'],
    ['2024-10-01', '31', '73', '010', '001', 'JL. A RT 003/RW 002', 'SITI', '3171010101200001', 1, 2, 1],
  ];
  const anggota = [
    ['I. KETERANGAN TEMPAT'],
    [''],
    ['101', '102', '103', '104', 'No KK', '401', '402 Nama', '403 NIK', '405', '406', '407', '409', '431a'],
    ['31', '73', '010', '001', '3171010101200001', 1, 'SITI', '3171014101800001', 2, '1980-01-01', 46, 1, 99],
    ['31', '73', '010', '001', '3171010101200001', 2, 'BUDI', '', 1, '2010-02-02', 16, 3, 32],
  ];
  const how = { source: 'REGSOSEK', areaCodes: 'bps', kelurahan: '31.71.01.1001' } as const;

  test('reads the workbook of OpenSID and warns of its shifted assets', async () => {
    const { report, households } = await readList(
      await workbook({ Keluarga: keluarga, 'Anggota Keluarga': anggota }),
      how,
    );
    expect(report).toMatchObject({ rows: 2, households: 1, persons: 2, withoutNik: 1, unknownColumns: [] });
    expect(households[0]?.household).toMatchObject({
      kelurahan: '31.71.01.1001',
      kelurahanName: 'Gambir',
      rt: 3,
      rw: 2,
      answers: { kd_sepeda_motor: '2', kd_sepeda: '1', kd_stat_bangunan_tinggal: '1' },
    });
    expect(report.warnings.map(({ code, message }) => [code, /502e sampai 502j/.test(message)])).toEqual([
      ['code_unknown', false],
      ['assets_shifted', true],
    ]);
  });

  test('its BPS codes place nobody; the kelurahan is declared, or unknown', async () => {
    const { report, households } = await readList(
      await workbook({ Keluarga: keluarga, 'Anggota Keluarga': anggota }),
      { ...how, kelurahan: null },
    );
    expect(households[0]?.household).toMatchObject({ kelurahan: null, kelurahanName: null });
    expect(report.warnings.map(({ code }) => code)).toContain('kelurahan_unknown');
  });

  test('codes declared as Kemendagri place a family without names', async () => {
    const kemendagri = [...anggota.slice(0, 3), ['31', '71', '01', '1001', ...(anggota[3] ?? []).slice(4)]];
    const { households } = await readList(await workbook({ 'Anggota Keluarga': kemendagri }), {
      source: 'REGSOSEK',
      areaCodes: 'kemendagri',
    });
    expect(households[0]?.household).toMatchObject({ kelurahan: '31.71.01.1001', kelurahanName: 'Gambir' });
  });
});

describe('SIKS', () => {
  test('joins its two tables by IDBDT, and takes no disability code for another one', async () => {
    const { report, households } = await readList(
      await workbook({
        rumah_tangga: table([
          { IDBDT: 'R1', NMDESA: 'GAMBIR', Alamat: 'Jl. A', lantai: 6, ada_motor: 3, percentile: 7 },
        ]),
        anggota: table([
          {
            IDARTBDT: 'A1',
            IDBDT: 'R1',
            Nama: 'SITI',
            NIK: '3171014101800001',
            NoKK: '3171010101200001',
            Hub_KRT: 1,
            JnsKel: 2,
            Jenis_cacat: 3,
            DUK_NAMA_LGKP: 'SITI AMINAH',
          },
        ]),
      }),
      { source: 'SIKS', areaCodes: null },
    );
    expect(households[0]?.household).toMatchObject({
      sourceId: 'R1',
      percentile: 7,
      answers: { lantai: '6', ada_motor: '3' },
    });
    expect(households[0]?.persons[0]).toMatchObject({
      kk: '3171010101200001',
      answers: { Jenis_cacat_asal: '3', DUK_NAMA_LGKP: 'SITI AMINAH' },
    });
    expect(households[0]?.persons[0]?.answers['Jenis_cacat']).toBeUndefined();
    expect(report.warnings.map(({ code }) => code)).toEqual(['disability_codes_shifted']);
  });
});

describe('PPKS', () => {
  test('reads its 26 kinds by number and by word, and people without card or number', async () => {
    const row = { 'desa/kelurahan': 'GAMBIR', nama: 'JOKO', nomor_nik: '', nomor_kk: '', id_dtks: '' };
    const { report, households } = await readList(
      asCsv(
        { ...row, jenis_ppks: '12' },
        { ...row, jenis_ppks: 'Pemulung; 26' },
        { ...row, jenis_ppks: 'Anak korban tindak kekerasan/perlakuan salah' },
        { ...row, jenis_ppks: '27. Lainnya' },
      ),
      { source: 'PPKS', areaCodes: null },
    );
    expect(households.map(({ household }) => household.sourceId)).toEqual([
      'baris 2',
      'baris 3',
      'baris 4',
      'baris 5',
    ]);
    expect(households.map(({ persons }) => persons[0]?.answers['jenis_ppks'])).toEqual([
      '12',
      '13,26',
      '6',
      '27. Lainnya',
    ]);
    expect(report.warnings.map(({ code }) => code)).toEqual(['code_unknown']);
  });

  test('who has neither card nor number is called by name, birth date and kelurahan; a second by the row', async () => {
    const row = { 'desa/kelurahan': 'GAMBIR', nomor_nik: '', nomor_kk: '', id_dtks: '', jenis_ppks: '12' };
    const joko = { ...row, nama: 'Joko', tanggal_lahir: '17/08/1980' };
    const how = { source: 'PPKS', areaCodes: null } as const;
    const calledIn = async (...rows: Record<string, CellValue>[]) =>
      (await readList(asCsv(...rows), how)).households.map(({ household }) => household.sourceId);
    const called = await calledIn(joko, joko, { ...joko, 'desa/kelurahan': 'CIDENG' });
    expect(called).toEqual([
      'orang JOKO 1980-08-17 31.71.01.1001',
      'baris 3',
      expect.stringMatching(/^orang JOKO 1980-08-17(?! 31\.71\.01\.1001)/),
    ]);
    const above = { ...row, nama: 'ANI', tanggal_lahir: '' };
    expect(await calledIn(above, joko)).toEqual(['baris 2', called[0]]);
  });
});

describe('broken files of each kind', () => {
  test.each(profiles.map(({ source }) => source))(
    '%s: what is missing, damaged or shifted is told',
    async (source) => {
      const how = { source, areaCodes: null } as const;
      await expect(readList(asCsv({ Uraian: 'Kertas', Jumlah: 1 }), how)).rejects.toMatchObject({
        code: 'import_wrong_sheet',
      });
      await expect(readList(Buffer.from('PK\u0003\u0004 x'), how)).rejects.toMatchObject({
        code: 'import_not_workbook',
      });
      const required = profiles.find((profile) => profile.source === source);
      const columns = (required?.required ?? []).map(
        (role) => required?.columns.find((column) => column.role === role)?.header ?? '',
      );
      const headers = [
        ...new Set([
          ...columns,
          ...(required?.columns ?? [])
            .filter(({ role }) => role === 'sex' || role === 'street' || role === 'name')
            .map(({ header }) => header),
        ]),
      ];
      await expect(readList(Buffer.from(headers.join(',')), how)).rejects.toMatchObject({
        code: 'import_no_rows',
      });
      const nikAt = required?.columns.find(({ role }) => role === 'nik')?.header ?? '';
      const damaged: Record<string, CellValue> = Object.fromEntries(headers.map((header) => [header, '1']));
      const kkAt = required?.columns.find(({ role }) => role === 'kk')?.header ?? '';
      if (kkAt in damaged) damaged[kkAt] = '3171010101200001';
      damaged[nikAt] = '3.17E+15';
      const { report } = await readList(asCsv(damaged), how);
      expect(report.refused.map(({ reason }) => reason)).toEqual(['nik_damaged']);
    },
  );
});
