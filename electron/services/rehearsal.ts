import { identificationContract } from '../../shared/contract/identification.ts';
import { type Member, Relation } from '../../shared/domain/person.ts';
import type { ReferencePerson } from '../../shared/domain/reference.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { findReferenceHousehold, listCurrentLists } from '../store/identification.ts';
import { householdsAcross } from '../store/reference-keys.ts';
import { staleParts } from '../store/rekey.ts';
import type { FoundReferenceHousehold } from '../store/reference-rows.ts';
import { proposeCase } from './identification-proposal.ts';
import { newId, type Register } from './register.ts';

/** So many families, after which another makes no proposal quicker. */
const families = 1000;

/**
 * Makes proposals for families of the lists, as though they came to the counter, a family at a time while nobody
 * asks: what compares is compiled as it runs, and the first hundred families of a morning would wait twice as long
 * for it. Once in the life of an open register; nothing is kept of it. In the training office nobody waits at a
 * counter: it rehearses nothing.
 */
export class Rehearsal {
  readonly #register: Register;
  #steps: Generator<void> | null;

  constructor(register: Register) {
    this.#register = register;
    this.#steps = register.training ? null : rehearse(register);
  }

  /** Some milliseconds of it; false where nothing is left, or no list is there yet. */
  step(): boolean {
    if (this.#steps === null || staleParts(this.#register.db).length > 0) return false;
    try {
      if (this.#steps.next().done !== true) return true;
      this.#steps = listCurrentLists(this.#register.db).length === 0 ? rehearse(this.#register) : null;
    } catch (cause) {
      // Nobody asked for it: the work goes on as if nothing had been rehearsed.
      this.#register.logFailure(cause);
      this.#steps = null;
    }
    return false;
  }
}

function* rehearse(register: Register): Generator<void> {
  const { db } = register;
  const lists = listCurrentLists(db);
  let nth = 0;
  for (const list of lists)
    for (const id of householdsAcross(db, list, Math.ceil(families / lists.length))) {
      const household = findReferenceHousehold(db, id);
      if (household === null || household.persons.length === 0) continue;
      identificationContract.proposal.output.parse(proposeCase(register, asReported(household, nth)));
      nth += 1;
      yield;
    }
}

/** Of three families one is reported as it stands, one without its numbers, one with a slip in each of them. */
const written: readonly ((number: string | null) => string | null)[] = [
  (number) => number,
  () => null,
  (number) => (number === null ? null : `${number.slice(0, -2)}${number.at(-1)}${number.at(-2)}`),
];

function asReported({ household, persons }: FoundReferenceHousehold, nth: number): Case {
  const write = written[nth % written.length] ?? (() => null);
  return {
    id: newId(),
    serial: 1,
    number: '',
    provinceNumber: null,
    mode: 'aktif',
    passive: null,
    state: 'TERDAFTAR',
    result: null,
    household: {
      address: {
        street: household.street ?? '',
        rt: household.rt ?? 1,
        rw: household.rw ?? 1,
        kelurahan: household.kelurahan ?? '',
      },
      phone: null,
      families: [{ no: 1, kk: write(household.kk) }],
      members: persons.map(({ person }) => asMember(person, write(person.nik))),
    },
    periodId: '',
    version: 1,
    registeredAt: '',
    registeredBy: '',
    updatedAt: '',
  };
}

function asMember(person: ReferencePerson, nik: string | null): Member {
  const relation = Relation.catch('8').parse(person.relation);
  return {
    id: newId(),
    name: person.name,
    nik,
    nikNote: null,
    sex: person.sex ?? 'L',
    birthPlace: person.birthPlace,
    birthDate: person.birthDate,
    relation,
    familyNo: 1,
    familyRelation: relation,
    motherName: person.motherName,
  };
}
