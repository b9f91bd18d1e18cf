import { describe, expect, it } from 'vitest';
import { diffReported, foldChanges, type Reported } from './household-diff.ts';

const headId = '0190a000-0000-7000-8000-000000000001';
const childId = '0190a000-0000-7000-8000-000000000002';

function reported(): Reported {
  const nobody = {
    nik: null,
    nikNote: null,
    birthPlace: null,
    birthDate: null,
    familyNo: 1,
    motherName: null,
  };
  return {
    household: {
      address: { street: 'Jl. Kebun Jahe 4', rt: 3, rw: 7, kelurahan: '31.71.01.1001' },
      phone: null,
      families: [{ no: 1, kk: '3171011203150001' }],
      members: [
        {
          ...nobody,
          id: headId,
          name: 'Siti Aminah',
          nik: '3171015708800001',
          sex: 'P',
          birthDate: '1980-08-17',
          relation: '1',
          familyRelation: '1',
        },
        { ...nobody, id: childId, name: 'Budi', sex: 'L', relation: '3', familyRelation: '3' },
      ],
    },
    passive: { reason: 'Lansia tunggal', proposer: 'Pak Amat', proposerRole: 'Ketua RT', note: null },
  };
}

describe('what changed between two reports', () => {
  it('is nothing when nothing changed', () => {
    expect(diffReported(reported(), reported())).toEqual([]);
  });

  it('names each field, in words', () => {
    const after = reported();
    const [head] = after.household.members;
    after.household.address.rt = 12;
    after.household.phone = '0812 0000 0000';
    after.household.families = [
      { no: 1, kk: null },
      { no: 2, kk: '3171011203150002' },
    ];
    if (head) Object.assign(head, { birthDate: '1980-08-18', relation: '2' });
    if (after.passive) after.passive.proposer = 'Bu Tini';
    expect(
      diffReported(reported(), after).map(({ field, group, label, before, after }) => [
        field,
        group,
        label,
        before,
        after,
      ]),
    ).toEqual([
      ['address.rt', 'Alamat', 'RT', '003', '012'],
      ['address.phone', 'Alamat', 'Telepon', null, '0812 0000 0000'],
      ['families.1.kk', 'Keluarga 1', 'No KK', '3171011203150001', null],
      ['families.2.kk', 'Keluarga 2', 'No KK', null, '3171011203150002'],
      [`members.${headId}.birthDate`, 'Siti Aminah', 'Tanggal lahir', '17-08-1980', '18-08-1980'],
      [
        `members.${headId}.relation`,
        'Siti Aminah',
        'Hubungan dengan kepala rumah tangga',
        'Kepala',
        'Istri/suami',
      ],
      ['passive.proposer', 'Pendaftaran pasif', 'Pengusul', 'Pak Amat', 'Bu Tini'],
    ]);
  });

  it('knows members by their ids, whatever their place', () => {
    const after = reported();
    after.household.members = after.household.members.toReversed();
    expect(diffReported(reported(), after)).toEqual([]);
    after.household.members = after.household.members.slice(1);
    expect(diffReported(reported(), after)).toEqual([
      {
        field: `members.${childId}`,
        group: 'Budi',
        label: 'Anggota dikeluarkan',
        before: 'Budi, Anak',
        after: null,
      },
    ]);
  });
});

describe('several corrections', () => {
  it('fold into the oldest before and the newest after', () => {
    const change = { field: 'address.rt', group: 'Alamat', label: 'RT' };
    const street = { field: 'address.street', group: 'Alamat', label: 'Alamat' };
    const steps = [
      [
        { ...change, before: '003', after: '004' },
        { ...street, before: 'Jl. A', after: 'Jl. B' },
      ],
      [
        { ...change, before: '004', after: '005' },
        { ...street, before: 'Jl. B', after: 'Jl. A' },
      ],
    ];
    expect(foldChanges(steps)).toEqual([{ ...change, before: '003', after: '005' }]);
  });
});
