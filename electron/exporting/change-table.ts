import type { ChangeRow } from '../../shared/contract/difference.ts';
import { changeKindLabel, type PlacedKind } from '../../shared/domain/reference-change.ts';

export interface ExportedChange {
  kind: PlacedKind;
  headName: string;
  kk: string | null;
  kelurahanName: string | null;
  rt: number | null;
  rw: number | null;
  rankBefore: number | null;
  rankAfter: number | null;
  changes: ChangeRow['changes'];
  caseNumber: string | null;
}

export const changeHeaders = [
  'Perubahan',
  'Kepala keluarga',
  'No KK',
  'Kelurahan',
  'RT',
  'RW',
  'Peringkat sebelumnya',
  'Peringkat sekarang',
  'Yang berbeda',
  'Nomor berkas',
];

/** One row a household, with what differs in words. */
export function changeRow(change: ExportedChange): (string | null)[] {
  return [
    changeKindLabel[change.kind],
    change.headName,
    change.kk,
    change.kelurahanName,
    change.rt?.toString().padStart(3, '0') ?? null,
    change.rw?.toString().padStart(3, '0') ?? null,
    change.rankBefore?.toString() ?? null,
    change.rankAfter?.toString() ?? null,
    differenceInWords(change.changes, change.caseNumber),
    change.caseNumber,
  ];
}

const personWords = {
  masuk: 'Anggota baru',
  keluar: 'Anggota keluar',
  berubah: 'Anggota berubah',
  belum_terbaca: 'Barisnya ditolak, belum terbaca',
};

function differenceInWords({ fields, persons }: ChangeRow['changes'], caseNumber: string | null): string {
  return [
    ...fields.map(({ label, before, after }) => `${label}: ${before ?? '(kosong)'} → ${after ?? '(kosong)'}`),
    ...persons.map(({ kind, name, fields: own, case: known }) =>
      [
        `${personWords[kind]}: ${name}`,
        ...(known === null || known.number === caseNumber ? [] : [`berkas ${known.number}`]),
        ...own.map(({ label, before, after }) => `${label} ${before ?? '(kosong)'} → ${after ?? '(kosong)'}`),
      ].join(', '),
    ),
  ].join('; ');
}
