import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  calendarDate,
  cleanNumber,
  groupNumber,
  inspectNik,
  isDamagedBySpreadsheet,
  maskNumber,
} from './nik.ts';

const context = { today: '2026-11-10', areaName: (area: string) => (area === '317101' ? 'Gambir' : null) };

function codesOf(raw: string, more: Partial<Parameters<typeof inspectNik>[1]> = {}): string[] {
  const { errors, warnings } = inspectNik(raw, { ...context, ...more });
  return [...errors, ...warnings].map((finding) => finding.code);
}

describe('inspectNik', () => {
  it('reads area, date, sex and serial, the day of women less forty', () => {
    expect(inspectNik('3171015708800012', context).parts).toEqual({
      area: '317101',
      day: 17,
      month: 8,
      year: 1980,
      birthDate: '1980-08-17',
      sex: 'P',
      serial: '0012',
    });
  });

  it('takes blanks, dots and a leading apostrophe off', () => {
    expect(codesOf(" '3171 0157.0880-0012 ")).toEqual([]);
  });

  it('holds what is not a NIK', () => {
    expect(codesOf('317101170880001')).toEqual(['nik_panjang']);
    expect(codesOf('31710117O8800001')).toEqual(['nik_bukan_angka']);
    expect(codesOf('3.17E+15')).toEqual(['nik_rusak_excel']);
    expect(codesOf('3171011708800000')).toEqual(['nik_nomor_urut_nol']);
    expect(codesOf('3171011708801000')).toEqual([]);
    expect(codesOf('3333333333333333')).toEqual(['nik_palsu']);
    expect(codesOf('1234567890123456')).toEqual(['nik_palsu']);
    expect(codesOf('3171013002800001')).toEqual(['nik_tanggal_mustahil']);
    expect(codesOf('3171013702800001')).toEqual(['nik_tanggal_mustahil']);
  });

  it('warns, and never holds, what Dukcapil itself may have wrong', () => {
    expect(codesOf('3171011708800001', { birthDate: '1980-08-18' })).toEqual(['nik_tanggal_beda']);
    expect(codesOf('3171010708800001', { birthDate: '1980-07-08' })).toEqual(['nik_tanggal_tertukar']);
    expect(codesOf('3171011708800001', { sex: 'P' })).toEqual(['nik_jenis_kelamin_beda']);
    expect(codesOf('3273011708800001')).toEqual(['nik_luar_dki']);
    expect(codesOf('3171991708800001')).toEqual(['nik_wilayah_tak_dikenal']);
  });

  it('decides the century by the stated birth date, else by what is not in the future', () => {
    expect(inspectNik('3171011708260001', context).parts?.year).toBe(2026);
    expect(inspectNik('3171011708270001', context).parts?.year).toBe(1927);
    expect(inspectNik('3171011708260001', { ...context, birthDate: '1926-08-17' }).parts?.year).toBe(1926);
  });

  it('accepts every NIK made of a real date and a serial', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1930-01-01'), max: new Date('2026-11-01'), noInvalidDate: true }),
        fc.boolean(),
        fc.integer({ min: 1, max: 999 }),
        (date, female, serial) => {
          const iso = date.toISOString().slice(0, 10);
          const day = Number(iso.slice(8, 10)) + (female ? 40 : 0);
          const nik = `317101${String(day).padStart(2, '0')}${iso.slice(5, 7)}${iso.slice(2, 4)}${String(serial).padStart(4, '0')}`;
          const inspection = inspectNik(nik, { ...context, birthDate: iso, sex: female ? 'P' : 'L' });
          return inspection.errors.length === 0 && inspection.warnings.length === 0;
        },
      ),
    );
  });
});

describe('numbers', () => {
  it('tells what a spreadsheet has damaged', () => {
    expect(isDamagedBySpreadsheet('3,17101E+15')).toBe(true);
    expect(isDamagedBySpreadsheet('3171011708801000')).toBe(true);
    expect(isDamagedBySpreadsheet('3171011708800010')).toBe(false);
  });

  it('are cleaned, grouped and masked', () => {
    expect(cleanNumber(' 3171.0117-0880 0001')).toBe('3171011708800001');
    expect(groupNumber('3171011708800001')).toBe('3171 0117 0880 0001');
    expect(maskNumber('3171011708800001')).toBe('3171 •••• •••• 0001');
    expect(maskNumber('317')).toBe('•••');
  });

  it('knows real calendar days', () => {
    expect(calendarDate(2024, 2, 29)).toBe('2024-02-29');
    expect(calendarDate(2023, 2, 29)).toBeNull();
  });
});
