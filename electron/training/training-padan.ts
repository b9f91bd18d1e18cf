import type { Member } from '../../shared/domain/person.ts';
import type { SyntheticCase } from './cases.ts';
import type { SyntheticList } from './generate.ts';

/** What padan Dukcapil says of the head of one family after the other: one example of each kind. */
const answers: readonly Record<string, string>[] = [
  { flag_pemadanan: '2', status_nik: 'tidak_ditemukan' },
  { flag_pemadanan: '1', status_nik: 'nonaktif' },
  { flag_pemadanan: '1', status_nik: 'meninggal' },
  { flag_pemadanan: '1', status_nik: 'pindah' },
  { flag_pemadanan: '1', status_nik: 'ganda' },
  { flag_pemadanan: '1', status_nik: 'aktif' },
];

/**
 * A padan Dukcapil result for some families that are under way: a NIK that is not known, one not
 * active, somebody who died or moved, one listed twice, and a family that is in order save for its KK.
 */
export function padanList(families: readonly SyntheticCase[], listDate: string): SyntheticList {
  const asked = families
    .flatMap((family) =>
      family.household.members.filter(({ nik, relation }) => nik !== null && relation === '1'),
    )
    .slice(0, answers.length);
  return {
    source: 'DUKCAPIL',
    name: 'Padan Dukcapil Gambir',
    listDate,
    areaCodes: null,
    rows: asked.map((member, index) => ({ NIK: member.nik, nama_asal: member.name, ...answers[index] })),
    households: asked.map((member, index) => toHousehold(member, index, families)),
  };
}

function toHousehold(
  member: Member,
  index: number,
  families: readonly SyntheticCase[],
): SyntheticList['households'][number] {
  const family = families.find(({ household }) => household.members.includes(member));
  const kk = family?.household.families.find(({ no }) => no === member.familyNo)?.kk ?? null;
  // The last one moved into another card.
  const held = index === answers.length - 1 && kk !== null ? `${kk.slice(0, 12)}7777` : kk;
  return {
    household: {
      sourceId: `padan-${index + 1}`,
      kk: held,
      street: null,
      rt: null,
      rw: null,
      kelurahan: null,
      kelurahanName: null,
      percentile: null,
      desil: null,
      answers: {},
    },
    persons: [
      {
        sourceId: null,
        order: 1,
        name: member.name.toUpperCase(),
        nik: member.nik,
        kk: held,
        sex: member.sex,
        birthPlace: null,
        birthDate: member.birthDate,
        age: null,
        relation: null,
        familyNo: null,
        motherName: null,
        answers: { nama_asal: member.name, ...answers[index] },
      },
    ],
  };
}
