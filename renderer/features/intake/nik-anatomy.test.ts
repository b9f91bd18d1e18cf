import { describe, expect, it } from 'vitest';
import { inspectNik } from '../../../shared/domain/nik.ts';
import { describeNik, explainNik } from './nik-anatomy.ts';

const areas = { '317101': 'Gambir, Kota Administrasi Jakarta Pusat' };

function describeTyped(typed: string): string[] {
  const { digits, parts } = inspectNik(typed, { today: '2026-11-22' });
  return describeNik(digits, parts, areas);
}

describe('the anatomy of a NIK while it is typed', () => {
  it('grows with the digits', () => {
    expect(describeTyped('31710')).toEqual([]);
    expect(describeTyped('317101')).toEqual(['Gambir, Kota Administrasi Jakarta Pusat']);
    expect(describeTyped('317101570880')).toEqual([
      'Gambir, Kota Administrasi Jakarta Pusat',
      '17-08-1980',
      'Perempuan',
    ]);
    expect(describeTyped('3171015708800001')).toEqual([
      'Gambir, Kota Administrasi Jakarta Pusat',
      '17-08-1980',
      'Perempuan',
      'urut 0001',
    ]);
  });

  it('names areas it does not know, and those outside DKI', () => {
    expect(describeTyped('317199170880')[0]).toBe('wilayah tak dikenal (317199)');
    expect(describeTyped('330101170880')[0]).toBe('luar DKI Jakarta (330101)');
  });

  it('says no date where there is none, and nothing of what is no number', () => {
    expect(describeTyped('3171019908800001')).toHaveLength(1);
    expect(describeTyped('3,17E+15')).toEqual([]);
  });
});

describe('the four parts of a NIK', () => {
  function verdicts(typed: string, beside: { birthDate: string; sex: 'L' | 'P' | '' }) {
    const inspection = inspectNik(typed, {
      today: '2026-11-22',
      birthDate: beside.birthDate === '' ? null : beside.birthDate,
      sex: beside.sex === '' ? null : beside.sex,
      areaName: (code) => (code === '317101' ? areas['317101'] : null),
    });
    return explainNik(inspection, beside, areas).map(({ verdict }) => verdict);
  }

  it('say which of them agrees, which disagrees, and which is not known', () => {
    expect(verdicts('3171015708800001', { birthDate: '1980-08-17', sex: 'P' })).toEqual([
      'wajar',
      'cocok',
      'cocok',
      'wajar',
    ]);
    expect(verdicts('3171015708800001', { birthDate: '1980-08-16', sex: 'L' })).toEqual([
      'wajar',
      'beda',
      'beda',
      'wajar',
    ]);
    expect(verdicts('3301011708800001', { birthDate: '', sex: '' })).toEqual([
      'tanya',
      'wajar',
      'wajar',
      'wajar',
    ]);
    expect(verdicts('31710157088', { birthDate: '', sex: '' })).toEqual([]);
  });
});
