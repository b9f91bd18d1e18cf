import { DraftHousehold, type DraftMember, draftOfHousehold } from '../../shared/domain/draft.ts';
import { Relation } from '../../shared/domain/person.ts';
import type { Case } from '../../shared/domain/registration.ts';
import type { FoundReferenceHousehold } from '../store/reference-rows.ts';
import { newId } from './register.ts';

/** A registered family as the beginning of a new draft: every field tinted until it was looked at. */
export function draftOfCase(found: Case): DraftHousehold {
  return toBeSeen(draftOfHousehold(found.household, null));
}

export function draftOfDraft(body: DraftHousehold): DraftHousehold {
  return toBeSeen({ ...body, corrects: null, correctionNote: '', editors: [] });
}

/** A family of a reference list; what the list does not know stays empty. */
export function draftOfReference({ household, persons }: FoundReferenceHousehold): DraftHousehold {
  const numbers = [...new Set(persons.map(({ person }) => person.familyNo ?? 1))].filter(
    (no) => no >= 1 && no <= 9,
  );
  const families = (numbers.length === 0 ? [1] : numbers).toSorted((left, right) => left - right);
  return toBeSeen(
    DraftHousehold.parse({
      address: {
        street: household.rt === null ? (household.street ?? '') : withoutRtRw(household.street ?? ''),
        rt: household.rt === null ? '' : String(household.rt),
        rw: household.rw === null ? '' : String(household.rw),
        kelurahan: household.kelurahan ?? '',
      },
      families: families.map((no) => ({
        no,
        kk: persons.find(({ person }) => (person.familyNo ?? 1) === no)?.person.kk ?? household.kk ?? '',
      })),
      members: persons.map(({ person }) => {
        const relation = Relation.safeParse(person.relation);
        const familyNo = person.familyNo ?? 1;
        return {
          id: newId(),
          name: person.name,
          nik: person.nik ?? '',
          sex: person.sex ?? '',
          birthPlace: person.birthPlace ?? '',
          birthDate: person.birthDate ?? '',
          relation: relation.success ? relation.data : '',
          familyNo: families.includes(familyNo) ? String(familyNo) : String(families[0]),
          familyRelation: relation.success && families.length === 1 ? relation.data : '',
          motherName: person.motherName ?? '',
        };
      }),
    }),
  );
}

/** RT and RW have fields of their own; a list often repeats them in the street. */
function withoutRtRw(street: string): string {
  return street.replace(/[\s,]*\bRT\b[\s.:]*\d{1,3}\s*[/,\s-]*\s*RW\b[\s.:]*\d{1,3}\s*$/i, '').trim();
}

const memberFields = [
  'name',
  'nik',
  'sex',
  'birthPlace',
  'birthDate',
  'relation',
  'familyNo',
  'familyRelation',
  'motherName',
] as const satisfies (keyof DraftMember)[];

function toBeSeen(draft: DraftHousehold): DraftHousehold {
  const { address, families, phone } = draft;
  return {
    ...draft,
    members: draft.members.map((member) => ({
      ...member,
      id: newId(),
      unseen: memberFields.filter((field) => member[field] !== ''),
    })),
    unseen: [
      ...(['street', 'rt', 'rw', 'kelurahan'] as const)
        .filter((field) => address[field] !== '')
        .map((field) => `address.${field}`),
      ...families.flatMap((family, index) => (family.kk === '' ? [] : [`families.${index}.kk`])),
      ...(phone === '' ? [] : ['phone']),
    ],
  };
}
