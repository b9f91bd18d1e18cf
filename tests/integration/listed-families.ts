import { v7 as uuid } from 'uuid';
import type { Household } from '../../shared/domain/household.ts';
import type { CellValue } from '../fixtures/reference-files.ts';
import { bdtRow, dtksRow } from '../fixtures/read-list.ts';
import { kelurahan } from './office.ts';

export type Row = Record<string, CellValue>;

export const fathers = [
  'Bambang Sutrisno',
  'Dedi Kurniawan',
  'Rahmat Hidayat',
  'Yusuf Maulana',
  'Agus Wibowo',
  'Joko Prasetyo',
  'Hendra Gunawan',
  'Imam Syafii',
  'Taufik Ramadhan',
  'Edi Susilo',
  'Lukman Hakim',
  'Wahyu Nugroho',
];
export const mothers = [
  'Ratna Dewi',
  'Sri Lestari',
  'Neneng Rohmah',
  'Tuti Alawiyah',
  'Endang Purwanti',
  'Yuliana Sari',
  'Kartini',
  'Maemunah',
  'Lilis Suryani',
  'Wulan Anggraini',
  'Dian Permata',
  'Siti Khadijah',
];
export const children = [
  'Rizki',
  'Putri Ayu',
  'Fajar',
  'Nabila',
  'Ilham',
  'Citra',
  'Bayu',
  'Zahra',
  'Galih',
  'Intan',
  'Reza',
  'Melati',
];

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** A couple and their child who share nothing with the other families of this file; `n` from 0 to 11. */
export function family(n: number): Household {
  const [bornFather, bornMother, bornChild] = [
    [1970 + n, 1 + n, 3 + 2 * n],
    [1973 + n, 12 - n, 27 - n],
    [2001 + n, 1 + ((n * 5) % 12), 2 + n],
  ] as const;
  const person = (
    name: string,
    [year, month, day]: readonly [number, number, number],
    sex: 'L' | 'P',
    relation: '1' | '2' | '3',
  ) => ({
    id: uuid(),
    name,
    nik: `31710${1 + (n % 8)}${two(day + (sex === 'P' ? 40 : 0))}${two(month)}${two(year % 100)}00${two(10 + n * 7)}`,
    nikNote: null,
    sex,
    birthPlace: 'Jakarta',
    birthDate: `${year}-${two(month)}-${two(day)}`,
    relation,
    familyNo: 1,
    familyRelation: relation,
    motherName: null,
  });
  return {
    address: {
      street: `Jl. Contoh ${['Satu', 'Dua', 'Tiga'][n % 3]} No. ${n + 1}`,
      rt: n + 1,
      rw: 1 + (n % 4),
      kelurahan,
    },
    phone: null,
    families: [{ no: 1, kk: `317101${two(1 + n)}12${two(10 + n)}00${two(10 + n * 5)}` }],
    members: [
      person(fathers[n] ?? '', bornFather, 'L', '1'),
      person(mothers[n] ?? '', bornMother, 'P', '2'),
      person(children[n] ?? '', bornChild, n % 2 === 0 ? 'L' : 'P', '3'),
    ],
  };
}

/** A household as DTKS has it: one row a person, the family told by its No KK. */
export function dtksRows(
  household: Household,
  change: (row: Row, index: number) => Row = (row) => row,
): Row[] {
  const relations: Record<string, string> = { '1': 'KEPALA KELUARGA', '2': 'ISTRI', '3': 'ANAK' };
  return household.members.map((member, index) =>
    change(
      dtksRow({
        id_dtks: member.id,
        alamat: household.address.street,
        rt: String(household.address.rt),
        rw: String(household.address.rw),
        nomor_kk: household.families[0]?.kk ?? null,
        nomor_nik: member.nik,
        nama: member.name.toUpperCase(),
        tanggal_lahir: member.birthDate,
        jenis_kelamin: member.sex === 'L' ? 'LAKI-LAKI' : 'PEREMPUAN',
        nama_ibu_kandung: member.motherName,
        hubungan_keluarga: relations[member.relation] ?? 'FAMILI LAIN',
      }),
      index,
    ),
  );
}

export function bdtRows(household: Household): Row[] {
  return household.members.map((member, index) =>
    bdtRow({
      'ID rumah tangga': 'R204',
      'Nama SLS': null,
      Alamat: household.address.street,
      'Nama ART': member.name.toUpperCase(),
      NIK: index === 2 ? null : member.nik,
      HubKRT: Number(member.relation),
      JK: member.sex === 'L' ? 1 : 2,
      Umur: 2015 - Number(member.birthDate?.slice(0, 4)),
    }),
  );
}

/** The household with other facts of its first child. */
export function withChild(household: Household, facts: Partial<Household['members'][number]>): Household {
  return {
    ...household,
    members: household.members.map((member, index) => (index === 2 ? { ...member, ...facts } : member)),
  };
}
