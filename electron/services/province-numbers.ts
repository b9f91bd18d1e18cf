import type { Case } from '../../shared/domain/registration.ts';
import { NumberPool, writeProvinceNumber } from '../../shared/provincial/down.ts';
import type { RejectionCode } from '../../shared/provincial/problems.ts';
import { signatureType } from '../../shared/provincial/wire.ts';
import { instant } from '../clock.ts';
import { findCase } from '../store/cases.ts';
import { indexCase } from '../store/case-search.ts';
import { transaction } from '../store/connection.ts';
import {
  closePool,
  countNumbersLeft,
  deleteNumberRequest,
  findNumberRequest,
  insertPool,
  isNumberBorne,
  listGrants,
  listUnnumbered,
  type NumberRequest,
  putNumberRequest,
  setNumbers,
  setProvinceNumber,
  takeNumber,
} from '../store/province-numbers.ts';
import { allKeys, openSigned, readProven } from '../sync/signatures.ts';
import type { OfficeLink, ProvinceClient } from '../sync/province-client.ts';
import { appendEvent } from '../store/journal.ts';
import { isStanding } from './province-keys.ts';
import { newId, type Register } from './register.ts';

/**
 * Registration numbers of the province, reserved so that a case gets its own without a line. They
 * hold no date, so a pool never ages; it is filled up long before it is used up.
 */
export const numberReserve = {
  /** Asked for at once. */
  pool: 500,
  /** Asked for when fewer are left: weeks of work without a line. */
  least: 250,
} as const;

/** The next number of the province, in the caller's transaction; null where the reserve is used up. */
export function takeProvinceNumber({ db }: Register): string | null {
  for (let taken = takeNumber(db); taken !== null; taken = takeNumber(db)) {
    const number = writeProvinceNumber(taken, taken.number);
    // A province that lost what it had lent lends some of it once more.
    if (!isNumberBorne(db, number)) return number;
  }
  return null;
}

export function needsNumbers({ db }: Pick<Register, 'db'>): boolean {
  return countNumbersLeft(db) < numberReserve.least;
}

/**
 * Fills the reserve up. The request is kept before the first try: one whose answer was lost is asked
 * again and gets the same numbers.
 *
 * @returns false where the province could not be asked now, or lends none.
 */
export async function refillNumbers(
  register: Register,
  client: ProvinceClient,
  link: OfficeLink,
  signal?: AbortSignal,
): Promise<boolean> {
  const request = askedNow(register);
  const reply = await client.reserveNumbers(link, request, signal);
  if (reply.kind !== 'answered') return false;
  const keep = await keepPool(register, link, reply.answer.pool, request.requestId);
  if (keep === null || !isStanding(register, link)) return false;
  transaction(register.db, keep);
  return true;
}

/**
 * Opens a grant, wherever it came from.
 *
 * @returns what keeps it, in the caller's transaction; null where it does not prove to be ours.
 */
export async function keepPool(
  register: Register,
  link: OfficeLink,
  pool: string,
  requestId = findNumberRequest(register.db)?.requestId,
): Promise<(() => void) | null> {
  const granted = await openSigned(pool, allKeys(link), signatureType.numbers, NumberPool);
  if (granted === null || granted.officeId !== link.officeId || granted.requestId !== requestId) return null;
  return () => {
    insertPool(register.db, granted, pool);
    deleteNumberRequest(register.db);
    numberTheRest(register);
  };
}

/**
 * What was registered while none was left keeps the number on its paper, and gets the province's
 * beside it. What was legalised meanwhile went without, and stays so.
 */
function numberTheRest(register: Register): void {
  for (const caseId of listUnnumbered(register.db)) {
    const number = takeProvinceNumber(register);
    if (number === null) return;
    setProvinceNumber(register.db, caseId, number);
    reindex(register, caseId);
    appendEvent(register.db, {
      at: instant(register.clock),
      actor: { id: null, role: 'sistem' },
      type: 'nomor_provinsi_diberikan',
      caseId,
      payload: { nomor: number, keterangan: number },
    });
  }
}

/** Why a case cannot bear its number of the province, by what the province calls it. */
const whyReplaced = {
  number_taken: 'dipakai berkas lain',
  number_not_granted: 'tidak dipinjamkan provinsi kepada kantor ini',
} as const;

/** A rejection of the number that a case bears, which nothing that a person could mend will change. */
export type NumberRejection = keyof typeof whyReplaced & RejectionCode;

export function isNumberRejection(code: string): code is NumberRejection {
  return Object.hasOwn(whyReplaced, code);
}

/**
 * The number of the province that this case bears is not its own: it gets the next one, or goes without where
 * the reserve is used up. Of a pool that was not granted no other number is either.
 *
 * @param number what stands on its paper, and stays so while no other case here needs it
 */
export function replaceProvinceNumber(
  register: Register,
  { id, number: before, provinceNumber: refused }: Pick<Case, 'id' | 'number' | 'provinceNumber'>,
  why: NumberRejection,
  numberFor: (next: string | null) => string = () => before,
): void {
  if (why === 'number_not_granted' && refused !== null) closePoolsWith(register, refused);
  const next = takeProvinceNumber(register);
  const number = numberFor(next);
  setNumbers(register.db, id, { number, provinceNumber: next });
  reindex(register, id);
  appendEvent(register.db, {
    at: instant(register.clock),
    actor: { id: null, role: 'sistem' },
    type: 'nomor_provinsi_diganti',
    caseId: id,
    payload: {
      nomor: { sebelum: before, sesudah: number },
      nomorProvinsi: { sebelum: refused, sesudah: next },
      keterangan: `${refused} ${whyReplaced[why]}; sekarang ${next ?? 'tanpa nomor provinsi'}`,
    },
  });
}

/** The province knows no pool that holds this number, else it had granted it: none of those here is good. */
function closePoolsWith({ db }: Register, number: string): void {
  for (const { id, jws } of listGrants(db)) {
    const pool = readProven(jws, NumberPool);
    if (pool !== null && holdsNumber(pool, number)) closePool(db, id);
  }
}

function holdsNumber(pool: NumberPool, number: string): boolean {
  const [prefix, digits] = number.split('-');
  const serial = Number(digits);
  return prefix === pool.prefix && serial >= pool.from && serial <= pool.to;
}

/** The number on the paper of this case turned out to be another's: two papers must not name one. */
export function replacePaperNumber(
  register: Register,
  { id, number: before, provinceNumber }: Pick<Case, 'id' | 'number' | 'provinceNumber'>,
  number: string,
): void {
  setNumbers(register.db, id, { number, provinceNumber });
  reindex(register, id);
  appendEvent(register.db, {
    at: instant(register.clock),
    actor: { id: null, role: 'sistem' },
    type: 'nomor_berkas_diganti',
    caseId: id,
    payload: {
      nomor: { sebelum: before, sesudah: number },
      keterangan: `${before} milik berkas lain; sekarang ${number}`,
    },
  });
}

function reindex({ db }: Register, caseId: string): void {
  const current = findCase(db, caseId);
  if (current !== null) indexCase(db, current);
}

/** The request that is still to be answered, with how many are left now. */
export function askedNow(register: Register): NumberRequest & { left: number } {
  return { ...openRequest(register), left: countNumbersLeft(register.db) };
}

/** Repeated under its id until it is answered. */
function openRequest(register: Register): NumberRequest {
  return transaction(register.db, () => {
    const open = findNumberRequest(register.db);
    if (open !== null) return open;
    const request = { requestId: newId(), count: numberReserve.pool };
    putNumberRequest(register.db, request);
    return request;
  });
}
