import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyReport } from '../../shared/contract/reference.ts';
import type { ReferenceHousehold, ReferencePerson } from '../../shared/domain/reference.ts';
import type { CandidateSource } from '../../electron/matching/candidate-source.ts';
import { type HouseholdMatch, matchHousehold } from '../../electron/matching/match-household.ts';
import { defaultModel } from '../../electron/matching/model.ts';
import type { MatchInput } from '../../electron/matching/normalise.ts';
import type { ReportedPerson } from '../../electron/matching/score-board.ts';
import { openConnection, reading, type WritableDb } from '../../electron/store/connection.ts';
import { PartedList } from '../../electron/store/list-rows.ts';
import { KeyIndex } from '../../electron/store/matching.ts';
import { referenceCandidates } from '../../electron/store/matching-sources.ts';
import { migrate } from '../../electron/store/migrate.ts';
import { ReferenceStaging } from '../../electron/store/reference-staging.ts';
import { kelurahan } from '../integration/office.ts';
import type { FilePerson, KelurahanFiles } from './linkage-kelurahan.ts';
import { timesOfOne } from './linkage-one.ts';
import { countingPairs } from './linkage-pairs.ts';
import { besideLookup } from './linkage-peer.ts';
import { barsWithNumbers, barsWithoutNumbers, lookupIn, type Outcome, qualityOf } from './linkage-quality.ts';
import { calibration, memory } from './linkage-sets.ts';
import type { Measurement } from './suite.ts';

const listId = 'daftar';

/**
 * What list and counter tell beside names, births and addresses: NIK and No KK; who live together alone, as a list of
 * rumah tangga does; or nothing, as a list of single persons.
 */
type Shown = 'numbers' | 'households' | 'persons';

const barsOf = {
  numbers: barsWithNumbers,
  households: barsWithoutNumbers,
  persons: barsWithoutNumbers,
} as const;

/**
 * The made-up kelurahan in the office: its list in an encrypted register, each family that comes compared with it as a
 * proposal compares one, by the fields that the engine of files has.
 */
export function measureKelurahanInRegister(name: string, made: KelurahanFiles, shown: Shown): Measurement[] {
  const folder = mkdtempSync(join(tmpdir(), 'mutakhir-bench-'));
  const db = openConnection(join(folder, 'register.db'), { key: randomBytes(32) });
  try {
    migrate(db);
    const from = performance.now();
    writeList(db, made.references, shown);
    const built = performance.now() - from;
    return [
      { metric: `${name}_build_time`, value: built, unit: 'ms', decimals: 0 },
      ...compareEach(name, db, made, shown),
    ];
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
}

function compareEach(name: string, db: WritableDb, made: KelurahanFiles, shown: Shown): Measurement[] {
  const idOf = db.prepare('SELECT source_id FROM reference_person WHERE id = ?').pluck();
  const outcomes: Outcome[] = [];
  const times: number[] = [];
  let [pairs, expected] = [0, 0];
  const index = new KeyIndex(db);
  for (const family of Map.groupBy(made.cases, (person) => person.family).values()) {
    const began = performance.now();
    const { match, looked } = reading(db, () => {
      const source = referenceCandidates(db, index, [listId]);
      return compareFamily(family, source, shown);
    });
    times.push(performance.now() - began);
    pairs += looked;
    for (const person of family) {
      const id = person.id ?? '';
      const candidates = match.candidates.get(id) ?? [];
      const outcome = match.links.find(({ memberId }) => memberId === id) ?? null;
      const named = (candidate: string) => String(idOf.get(Number(candidate)));
      expected += candidates[0]?.weight.probability ?? 0;
      outcomes.push({
        id,
        family: person.family,
        wanted: made.truth.get(id) ?? null,
        linked: outcome?.decision.outcome === 'auto' ? named(outcome.candidate.id) : null,
        offered: candidates.map(({ candidate }) => named(candidate.id)),
        review: outcome?.decision.outcome === 'review',
      });
    }
  }
  const seconds = times.reduce((sum, time) => sum + time, 0) / 1000;
  return [
    ...qualityOf(name, outcomes, made, barsOf[shown]),
    ...calibration(name, expected, made.truth.size),
    { metric: `${name}_pairs`, value: pairs, unit: 'pairs' },
    { metric: `${name}_pairs_per_s`, value: pairs / seconds, unit: 'pairs/s', decimals: 0 },
    ...timesOfOne(name, times),
    memory(name),
    ...besideLookup(name, outcomes, lookupIn(made, shown === 'numbers')),
  ];
}

/** Compares those of one family, and counts the pairs that were looked at. */
function compareFamily(
  family: readonly FilePerson[],
  source: CandidateSource,
  shown: Shown,
): { match: HouseholdMatch; looked: number } {
  const counted = countingPairs(source, family.length);
  const members = family.map((person): ReportedPerson => ({
    id: person.id ?? '',
    unit: shown === 'numbers' ? (person.kk ?? '') : '',
    input: inputOf(person, shown),
  }));
  const match = matchHousehold(members, counted.source, { model: defaultModel });
  return { match, looked: counted.looked() };
}

function inputOf({ nama, nik, kk, jk, lahir, alamat, rt, rw }: FilePerson, shown: Shown): MatchInput {
  return {
    name: nama ?? '',
    nik: shown === 'numbers' ? nik : null,
    kk: shown === 'numbers' ? kk : null,
    sex: sexOf(jk),
    birthDate: lahir,
    age: null,
    ageOn: null,
    motherName: null,
    address: { street: alamat, rt: numberOf(rt), rw: numberOf(rw), kelurahan },
  };
}

function writeList(db: WritableDb, references: readonly FilePerson[], shown: Shown): void {
  db.exec(`INSERT INTO account (id, username, name, role, must_change_password, active, created_at)
           VALUES ('a', 'ani', 'Ani', 'petugas_verifikasi', 0, 1, '2026-11-10')`);
  const staging = new ReferenceStaging(db, {
    id: listId,
    source: shown === 'numbers' ? 'DTKS' : 'LAIN',
    name: 'Kelurahan',
    listDate: '2025-12-31',
    areaCodes: null,
    fileName: 'kelurahan.csv',
    fileHash: 'f'.repeat(64),
    importedAt: '2026-11-10T02:00:00.000Z',
    importedBy: 'a',
  });
  const rows = new PartedList((some) => staging.write(some));
  const households = Map.groupBy(references, (person) => (isOfHouseholds(shown) ? person.family : person.id));
  let no = 0;
  for (const people of households.values()) {
    const [first] = people;
    if (first === undefined) continue;
    rows.household(no, householdOf(first, shown));
    for (const [order, person] of people.entries()) rows.person(no, personOf(person, order, shown));
    no += 1;
  }
  rows.finish();
  staging.commit(
    { ...emptyReport, rows: references.length, households: no, persons: references.length },
    () => {},
  );
}

function householdOf({ id, family, kk, alamat, rt, rw }: FilePerson, shown: Shown): ReferenceHousehold {
  return {
    sourceId: (isOfHouseholds(shown) ? family : id) ?? '',
    kk: shown === 'numbers' ? kk : null,
    street: alamat,
    rt: numberOf(rt),
    rw: numberOf(rw),
    kelurahan,
    kelurahanName: null,
    percentile: null,
    desil: null,
    answers: {},
  };
}

function personOf({ id, nama, nik, jk, lahir }: FilePerson, order: number, shown: Shown): ReferencePerson {
  return {
    sourceId: id,
    order,
    name: nama ?? '',
    nik: shown === 'numbers' ? nik : null,
    kk: null,
    sex: sexOf(jk),
    birthPlace: null,
    birthDate: lahir,
    age: null,
    relation: null,
    familyNo: null,
    motherName: null,
    answers: {},
  };
}

function isOfHouseholds(shown: Shown): boolean {
  return shown !== 'persons';
}

function sexOf(word: string | null): 'L' | 'P' | null {
  if (word === null) return null;
  return word.startsWith('P') ? 'P' : 'L';
}

function numberOf(text: string | null): number | null {
  return text === null ? null : Number(text);
}
