import type { FoundMismatch } from '../../shared/domain/finding.ts';
import type { CaseFacts, ListedMember } from './mismatch.ts';
import { askedPrograms, type Program } from './programs.ts';

/** Who receives a program, as far as it is told: a member, a family under the roof, or somebody of the household. */
interface Told {
  program: Pick<Program, 'label' | 'unit'>;
  memberId: string | null;
  familyNo: number | null;
  note: string;
  /** Row of the list that tells it; null where a visit or the province does. */
  personId: string | null;
}

interface Unlisted extends Pick<Told, 'memberId' | 'note' | 'personId'> {
  label: string;
}

/**
 * What goes to a person is asked of who receives it, what goes to a family of the family: one finding a program and
 * person, or a program and household, however many say so. Where nobody is named, the household has to do.
 */
export function ofPrograms(facts: CaseFacts): FoundMismatch[] {
  const { latest, headName, members, listed, granted, visit } = facts;
  if (latest === null) return [];
  const memberOf = new Map(members.map((member) => [member.memberId, member]));
  const told: Told[] = [
    ...toldByVisit(visit),
    ...granted.map((one) => ({ ...one, familyNo: null, personId: null })),
    ...listed.flatMap(({ memberId, name, row, listName, receives }) =>
      receives.map((program) => ({
        program,
        memberId,
        familyNo: null,
        personId: row.personId,
        note: program.unit === 'orang' ? `Menurut ${listName}` : `${name}, menurut ${listName}`,
      })),
    ),
  ];
  const unlisted = told.flatMap((one): Unlisted[] => {
    const { program, memberId, note, personId } = one;
    if (program.unit === 'orang' && memberId !== null)
      return latest.known.has(memberId) ? [] : [{ label: program.label, memberId, note, personId }];
    const familyNo = one.familyNo ?? memberOf.get(memberId ?? '')?.familyNo ?? null;
    const family = latest.perFamily ? members.filter((member) => member.familyNo === familyNo) : [];
    // Of a family that nobody is of any more the household has to do.
    const asked = family.length === 0 ? members : family;
    return asked.some((member) => latest.known.has(member.memberId))
      ? []
      : [{ label: program.label, memberId: null, note, personId }];
  });
  const same = Map.groupBy(unlisted, ({ label, memberId }) => `${label} ${memberId ?? ''}`);
  return [...same.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const { label, memberId } = first;
    const persons = alike.flatMap(({ personId }) => personId ?? []);
    return {
      kind: 'program_tanpa_daftar' as const,
      memberId,
      otherCaseId: null,
      source: label,
      ...(memberId === null ? { ofHousehold: true as const } : {}),
      subject: memberOf.get(memberId ?? '')?.name ?? headName,
      reported: `Menerima ${label}`,
      listed: `Tidak ada di ${latest.register}`,
      note: [...new Set(alike.map(({ note }) => note))].join('; '),
      // Where somebody else than a list tells it too, it holds whoever the list means.
      listedPersons: memberId !== null && persons.length === alike.length ? persons : [],
    };
  });
}

function toldByVisit(visit: CaseFacts['visit']): Told[] {
  if (visit === null) return [];
  const answered = [
    { memberId: null, familyNo: null, answers: visit.household },
    ...visit.families.map((family) => ({ memberId: null, ...family })),
    ...visit.members.map(({ memberId, answers }) => ({ memberId, familyNo: null, answers })),
  ];
  return askedPrograms.flatMap((program) =>
    answered
      .filter(({ answers }) =>
        Object.entries(program.said).some(([field, values]) => values.includes(answers[field] ?? '')),
      )
      .map(({ memberId, familyNo }) => ({
        program,
        memberId,
        familyNo,
        note: 'Menurut kunjungan',
        personId: null,
      })),
  );
}

/** Who is in a list of PPKS, and whom the latest register does not know. */
export function ofPpks(
  { memberId, name, row, source, listName, ppks }: ListedMember,
  latest: CaseFacts['latest'],
): FoundMismatch[] {
  if (ppks === null || latest === null || latest.known.has(memberId)) return [];
  return [
    {
      kind: 'ppks_tanpa_daftar',
      memberId,
      otherCaseId: null,
      source,
      subject: name,
      reported: ppks,
      listed: `Tidak ada di ${latest.register}`,
      note: listName,
      listedPersons: [row.personId],
    },
  ];
}
