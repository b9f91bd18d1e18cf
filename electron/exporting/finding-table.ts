import {
  type FindingOutcome,
  findingOutcomeLabel,
  findingRules,
  type FindingKind,
} from '../../shared/domain/finding.ts';
import { dayOf } from '../../shared/domain/period.ts';
import { threeDigits } from '../../shared/domain/rt-rw.ts';

export interface ExportedFinding {
  caseNumber: string;
  rw: number;
  rt: number;
  headName: string;
  subject: string;
  nik: string | null;
  kind: FindingKind;
  source: string;
  reported: string | null;
  listed: string | null;
  note: string | null;
  /** ISO instant. */
  foundAt: string;
  outcome: FindingOutcome | null;
  outcomeNote: string | null;
  resolvedByName: string | null;
}

export const findingHeaders = [
  'Nomor berkas',
  'RW',
  'RT',
  'Kepala keluarga',
  'Nama',
  'NIK',
  'Temuan',
  'Menurut',
  'Di berkas',
  'Di daftar',
  'Keterangan',
  'Tindak lanjut',
  'Ditemukan',
  'Hasil',
  'Catatan',
  'Diselesaikan oleh',
];

/** One row a finding, with its remedy. */
export function findingRow(finding: ExportedFinding): (string | null)[] {
  const rule = findingRules[finding.kind];
  return [
    finding.caseNumber,
    threeDigits(finding.rw),
    threeDigits(finding.rt),
    finding.headName,
    finding.subject,
    finding.nik,
    rule.label,
    finding.source,
    finding.reported,
    finding.listed,
    finding.note,
    rule.remedy,
    dayOf(finding.foundAt),
    finding.outcome === null ? 'Belum selesai' : findingOutcomeLabel[finding.outcome],
    finding.outcomeNote,
    finding.resolvedByName,
  ];
}
