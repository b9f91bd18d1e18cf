import { inspectAddress, inspectConsent, inspectFamilies, inspectPassive } from './draft-check-household.ts';
import { inspectMember } from './draft-check-member.ts';
import type { DraftContext, DraftFinding } from './draft-finding.ts';
import type { DraftHousehold, DraftMember } from './draft.ts';
import { Household, inspectHousehold } from './household.ts';
import { cleanNumber } from './nik.ts';
import { PassiveGrounds } from './registration.ts';

export interface DraftReading {
  findings: DraftFinding[];
  /** The household as it would be registered, or null while something holds it. */
  household: Household | null;
  passive: PassiveGrounds | null;
}

/** Reads a draft as a household and says what is still missing, wrong or odd in it. */
export function readDraft(draft: DraftHousehold, context: DraftContext): DraftReading {
  const findings = [
    ...inspectAddress(draft),
    ...inspectFamilies(draft),
    ...draft.members.flatMap((member, index) => inspectMember(member, `members.${index}`, context)),
    ...inspectPassive(draft, context),
    ...inspectConsent(draft),
  ];
  if (draft.members.length === 0)
    findings.push({
      field: 'members',
      level: 'missing',
      message: 'Belum ada anggota. Tambahkan kepala rumah tangga dahulu.',
    });
  if (context.resubmits && draft.correctionNote.trim() === '') {
    findings.push({
      field: 'correctionNote',
      level: 'missing',
      message: 'Tulis apa yang diperbaiki; lurah membacanya.',
    });
  }
  if (findings.some((finding) => finding.level !== 'warning')) {
    return { findings: [...findings, ...structureOf(draft, findings)], household: null, passive: null };
  }
  const read = Household.safeParse(toHousehold(draft));
  if (!read.success)
    return { findings: [...findings, ...read.error.issues.map(toFinding)], household: null, passive: null };
  const household = read.data;
  findings.push(...inspectHousehold(household));
  const held = findings.some((finding) => finding.level !== 'warning');
  return {
    findings,
    household: held ? null : household,
    passive: held || draft.mode === 'aktif' ? null : toPassive(draft),
  };
}

/** Rules between members that can already be told while fields are still missing. */
export function structureOf(draft: DraftHousehold, found: readonly DraftFinding[]): DraftFinding[] {
  const members = draft.members.map((member, index) => ({ member, index }));
  const heads = members.filter(({ member }) => member.relation === '1');
  const findings: DraftFinding[] = [];
  const second = heads[1];
  if (second !== undefined)
    findings.push({
      field: `members.${second.index}.relation`,
      level: 'error',
      message: 'Ada lebih dari satu kepala rumah tangga. Sisakan satu.',
    });
  for (const { member, index } of members) {
    const digits = cleanNumber(member.nik);
    const twin =
      digits.length === 16
        ? members.find((other) => other.index < index && cleanNumber(other.member.nik) === digits)
        : undefined;
    if (twin !== undefined)
      findings.push({
        field: `members.${index}.nik`,
        level: 'error',
        message: `NIK ini sudah dipakai ${twin.member.name.trim() || 'anggota lain'} di rumah tangga yang sama.`,
      });
    const numbered =
      /^[1-9]$/.test(member.familyNo) &&
      !draft.families.some((family) => String(family.no) === member.familyNo);
    if (numbered)
      findings.push({
        field: `members.${index}.familyNo`,
        level: 'error',
        message: `Keluarga nomor ${member.familyNo} belum ada. Tambahkan No KK-nya dahulu.`,
      });
  }
  return findings.filter(
    (finding) => !found.some((other) => other.field === finding.field && other.level === 'error'),
  );
}

/** What was typed as it would be kept, empty fields as null; it may still be wrong. */
export function toHousehold(draft: DraftHousehold): { members: unknown[] } & Record<string, unknown> {
  return {
    address: { ...draft.address, rt: Number(draft.address.rt), rw: Number(draft.address.rw) },
    phone: orNull(draft.phone),
    families: draft.families.map((family) => ({ no: family.no, kk: orNull(cleanNumber(family.kk)) })),
    members: draft.members.map(toMember),
  };
}

/** A member as typed, as they would be kept; something may still be wrong. */
export function toMember(member: DraftMember): unknown {
  return {
    ...member,
    nik: orNull(cleanNumber(member.nik)),
    nikNote: member.nik.trim() === '' ? null : orNull(member.nikNote),
    birthPlace: orNull(member.birthPlace),
    birthDate: orNull(member.birthDate),
    familyNo: Number(member.familyNo),
    motherName: orNull(member.motherName),
  };
}

function toPassive(draft: DraftHousehold): PassiveGrounds {
  return PassiveGrounds.parse({ ...draft.passive, note: orNull(draft.passive.note) });
}

/** What the household's own schema refuses and no rule above has a better sentence for. */
function toFinding(issue: { path: PropertyKey[]; message: string }): DraftFinding {
  return { field: issue.path.map(String).join('.'), level: 'error', message: issue.message };
}

function orNull(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}
