import { kelurahan } from './office.ts';

/** A household of a list that the province issues: a woman who lives alone. */
export function listedHousehold(sourceId: string): Record<string, unknown> {
  return {
    sourceId,
    kk: null,
    street: 'Jl. Daftar 1',
    rt: 1,
    rw: 1,
    kelurahan,
    kelurahanName: 'Gambir',
    percentile: null,
    desil: 3,
    answers: {},
    persons: [
      {
        sourceId: `${sourceId}-1`,
        order: 1,
        name: `Kepala ${sourceId}`,
        nik: null,
        kk: null,
        sex: 'P',
        birthPlace: null,
        birthDate: '1970-01-01',
        age: null,
        relation: '1',
        familyNo: 1,
        motherName: null,
        answers: {},
      },
    ],
  };
}
