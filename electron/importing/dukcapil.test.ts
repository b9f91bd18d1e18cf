import { describe, expect, test } from 'vitest';
import { readList } from '../../tests/fixtures/read-list.ts';
import { csv, table, type CellValue } from '../../tests/fixtures/reference-files.ts';
import { nameSimilarity } from './name-similarity.ts';

function asCsv(...rows: Record<string, CellValue>[]): Buffer {
  return Buffer.from(csv(table(rows)));
}

describe('padan Dukcapil', () => {
  test('takes Dukcapil’s facts, and keeps what was asked beside them', async () => {
    const asked = { NIK: '3171014101800001', NAMA: 'SITI AMINNAH', KEL_NAME: 'GAMBIR' };
    const { households } = await readList(
      asCsv(
        {
          ...asked,
          NAMA_LGKP: 'SITI AMINAH',
          NO_KK: '3171010101200001',
          'HASIL PADAN': 'PADAN',
          STATUS: 'Aktif',
        },
        {
          ...asked,
          NIK: '3171014101800002',
          NAMA_LGKP: '',
          'HASIL PADAN': 'TIDAK PADAN',
          STATUS: 'NIK tidak ditemukan',
        },
      ),
      { source: 'DUKCAPIL', areaCodes: null },
    );
    const persons = households.map((household) => household.persons[0]);
    expect(persons.map((person) => [person?.name, person?.answers])).toEqual([
      [
        'SITI AMINAH',
        {
          nama_asal: 'SITI AMINNAH',
          NAMA_LGKP: 'SITI AMINAH',
          flag_pemadanan: '1',
          status_nik: 'aktif',
          kemiripan_nama: '96',
        },
      ],
      ['SITI AMINNAH', { nama_asal: 'SITI AMINNAH', flag_pemadanan: '2', status_nik: 'tidak_ditemukan' }],
    ]);
  });

  test('an address in a city elsewhere is in no kelurahan of DKI, and is kept', async () => {
    const { report, households } = await readList(
      asCsv({
        NIK: '3171014101800001',
        NAMA_LGKP: 'SITI AMINAH',
        flag_pemadanan: '1',
        KEL_NAME: 'GAMBIR',
        KAB_NAME: 'KOTA BOGOR',
      }),
      { source: 'DUKCAPIL', areaCodes: null, kelurahan: '31.71.01.1001' },
    );
    expect(households[0]?.household).toMatchObject({
      kelurahan: null,
      kelurahanName: 'GAMBIR',
      answers: { KAB_NAME: 'KOTA BOGOR' },
    });
    expect(report.warnings).toEqual([
      expect.objectContaining({
        code: 'city_elsewhere',
        message: 'KOTA BOGOR bukan kota di DKI Jakarta; rumah tangganya masuk tanpa kelurahan.',
      }),
    ]);
  });

  test.each([
    ['NIK tidak ditemukan', 'tidak_ditemukan'],
    ['TIDAK_DITEMUKAN', 'tidak_ditemukan'],
    ['Data Tidak Ditemukan, NIK tidak terdapat di database Kependudukan', 'tidak_ditemukan'],
    ['Data Ditemukan, Meninggal Dunia', 'meninggal'],
    ['NIK tidak aktif: meninggal', 'meninggal'],
    ['Non-Aktif', 'nonaktif'],
    ['NIK dinonaktifkan', 'nonaktif'],
    ['Pindah ke luar DKI', 'pindah'],
    ['NIK Ganda', 'ganda'],
    ['Data ditemukan', 'aktif'],
  ])('the remark %j says %s of the NIK', async (remark, state) => {
    const { answers, warnings } = await remarked(remark);
    expect([answers['status_nik'], warnings]).toEqual([state, []]);
  });

  test.each([
    'Tidak ada perbedaan',
    'Tidak ditemukan perbedaan',
    'NIK aktif, tidak ada masalah',
    'Belum meninggal',
    'Meninggal: tidak',
    'Tidak ganda',
    'Bukan pindahan',
    'Tidak aktif, belum meninggal',
  ])('the remark %j says what is not: it is kept as it stands, and told', async (remark) => {
    const { answers, warnings } = await remarked(remark);
    expect(answers['status_nik']).toBe(remark);
    expect(warnings).toEqual([expect.objectContaining({ code: 'code_unknown' })]);
  });

  /** What comes in of somebody whose NIK is remarked on so. */
  async function remarked(remark: string) {
    const row = { NIK: '3171014101800001', NAMA_LGKP: 'SITI', KEL_NAME: 'GAMBIR', 'HASIL PADAN': 'PADAN' };
    const { report, households } = await readList(asCsv({ ...row, KETERANGAN: remark }), {
      source: 'DUKCAPIL',
      areaCodes: null,
    });
    return { answers: households[0]?.persons[0]?.answers ?? {}, warnings: report.warnings };
  }

  test.each([
    ['SITI AMINAH', 'SITI AMINAH', 100],
    ['SITI AMINAH', 'BUDI SANTOSO', 35],
    ['NENG/SITI AMINAH', 'SITI AMINAH', 100],
    ['MOCH ALI', 'MUHAMMAD ALI', 60],
  ])('%s and %s are %i alike', (left, right, expected) => {
    expect(nameSimilarity(left, right)).toBe(expected);
  });
});
