import type { Instrument, KeptFrom, QuestionGroup } from '../../shared/domain/instrument.ts';
import { questionsOf } from '../../shared/domain/instrument.ts';
import type { Household } from '../../shared/domain/household.ts';
import { exportVisit, unitQuestions, type VisitToExport } from '../../shared/domain/instrument-exchange.ts';
import { threeDigits } from '../../shared/domain/rt-rw.ts';

/** Where the household lives, beside what its instrument asks; headers that the readers of lists know. */
const place = [
  ['Provinsi', 'provinsi'],
  ['Kabupaten/Kota', 'kabkota'],
  ['Kecamatan', 'kecamatan'],
  ['Desa/Kelurahan', 'kelurahan'],
  ['Alamat', 'address'],
] as const satisfies [string, KeptFrom][];

export interface VisitTable {
  headers: string[];
  /** A visit as rows, one a member; what the instrument says of the household stands on each. */
  rowsOf: (visit: VisitToExport & { instrument: Instrument; caseNumber: string }) => (string | null)[][];
}

/**
 * Finished visits under the columns and codes of an instrument, as lists of its kind are read. Versions
 * of it stand beside each other: a column that one of them lacks is empty there.
 */
export function visitTable(versions: readonly Instrument[]): VisitTable {
  const groupsOf = (pick: (instrument: Instrument) => readonly QuestionGroup[]) => [
    ...new Set(versions.flatMap((instrument) => columnsOf(pick(instrument)))),
  ];
  const ofMember = groupsOf(({ member }) => member);
  const ofHousehold = groupsOf(unitQuestions);
  const keeps = new Set(
    versions.flatMap((version) =>
      questionsOf(unitQuestions(version)).flatMap(({ kept }) => kept?.from ?? []),
    ),
  );
  const shown = place.filter(([, from]) => !keeps.has(from));
  const withKk = !keeps.has('kk');
  return {
    headers: [
      'ID rumah tangga',
      ...(withKk ? ['No KK'] : []),
      ...shown.map(([header]) => header),
      'RT',
      'RW',
      ...ofHousehold,
      ...ofMember,
    ],
    rowsOf({ instrument, caseNumber, ...visit }) {
      const { address } = visit.household;
      const household = withoutMothers(visit.household);
      return exportVisit(instrument, { ...visit, household }).flatMap(({ kk, household: answers, members }) =>
        members.map((member) => [
          caseNumber,
          ...(withKk ? [kk] : []),
          ...shown.map(([, from]) => visit.kept[from] ?? null),
          threeDigits(address.rt),
          threeDigits(address.rw),
          ...ofHousehold.map((column) => answers[column] ?? null),
          ...ofMember.map((column) => member[column] ?? null),
        ]),
      );
    },
  };
}

/** The mother's name stays in the office, as in the export of cases. */
function withoutMothers(household: Household): Household {
  return { ...household, members: household.members.map((member) => ({ ...member, motherName: null })) };
}

function columnsOf(groups: readonly QuestionGroup[]): string[] {
  return questionsOf(groups).map(({ id, column }) => column ?? id);
}
