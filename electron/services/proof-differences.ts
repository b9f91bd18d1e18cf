import type { DifferenceKind, DifferenceSubject } from '../../shared/contract/proof.ts';
import { waitingOutboxStates } from '../../shared/domain/outbox.ts';
import { branchesOf, branchKey, type PlacedLeaf, type ProofLeaf } from '../../shared/provincial/proof.ts';
import {
  differenceKey,
  isProven,
  isUnproven,
  listRecordsOfCase,
  listUnprovenCases,
  listUnprovenWords,
  listWordsOfCase,
  type NewDifference,
} from '../store/proof.ts';
import { type Beside, type Compared, differingRws, sha256 } from './proof-ask.ts';
import type { Register } from './register.ts';

/** What differs between what this office has receipts for and what the province proves to hold (ADR 24). */

interface Found {
  found: NewDifference[];
  /** RWs that do not add up on both sides. */
  apart: { kelurahan: string; rw: number }[];
  /** Cases that are left to the next comparison, each where it is counted. */
  later: Pick<PlacedLeaf, 'caseId' | 'kelurahan' | 'rw'>[];
}

/** How the two sides stand to each other in one case; `kelak`: it is compared the next time. */
type Standing = DifferenceKind | 'sama' | 'kelak';

/**
 * What differs, case by case. What got a receipt, or lost one, while the province was asked, and what waits for one, is
 * left out of both: it is compared the next time. What is stated as received without a receipt differs also where all
 * RWs add up: they count what is proven. What the family of a case said goes with the case, where that is lost.
 */
export function differencesIn(register: Register, { records, words, since }: Compared): Found {
  const ofCases = differencesOf('berkas', records, {
    unproven: listUnprovenCases(register.db),
    standing: (caseId, own, other) =>
      since.has(differenceKey({ caseId, subject: 'berkas' }))
        ? 'kelak'
        : standingOf(register, caseId, own, other),
  });
  if (words === null) return ofCases;
  const lost = new Set(
    ofCases.found.filter(({ kind }) => kind.startsWith('hilang')).map(({ caseId }) => caseId),
  );
  const places = new Map(records.here.map((leaf) => [leaf.caseId, leaf]));
  const ofWords = differencesOf('persetujuan', words, {
    unproven: listUnprovenWords(register.db).flatMap((caseId) => places.get(caseId) ?? []),
    standing: (caseId, own, other) =>
      lost.has(caseId) || since.has(differenceKey({ caseId, subject: 'persetujuan' }))
        ? 'kelak'
        : standingOfWord(register, caseId, own, other),
  });
  return {
    found: [...ofCases.found, ...ofWords.found],
    apart: [...ofCases.apart, ...ofWords.apart],
    later: [...ofCases.later, ...ofWords.later],
  };
}

function differencesOf(
  subject: DifferenceSubject,
  { here, there, hereOfThose }: Beside,
  {
    unproven: stated,
    standing: stand,
  }: {
    unproven: readonly Pick<PlacedLeaf, 'caseId' | 'kelurahan' | 'rw' | 'rt' | 'number'>[];
    standing: (caseId: string, own: PlacedLeaf | null, other: PlacedLeaf | null) => Standing;
  },
): Found {
  const unproven = new Map(stated.map((placed) => [placed.caseId, placed]));
  const compared = new Set(hereOfThose.map(({ caseId }) => caseId));
  const ofSameRws = here.filter(({ caseId }) => !compared.has(caseId) && unproven.has(caseId));
  const ours = new Map([...hereOfThose, ...ofSameRws].map((held) => [held.caseId, held]));
  const theirs = new Map([...there, ...ofSameRws].map((leaf) => [leaf.caseId, leaf]));
  const found: NewDifference[] = [];
  const later: Found['later'] = [];
  for (const caseId of new Set([...ours.keys(), ...theirs.keys(), ...unproven.keys()])) {
    const [own, other] = [ours.get(caseId) ?? null, theirs.get(caseId) ?? null];
    const kind = stand(caseId, own, other);
    const place = own ?? other ?? unproven.get(caseId);
    if (kind === 'kelak' && place !== undefined)
      later.push({ caseId, kelurahan: place.kelurahan, rw: place.rw });
    if (kind === 'kelak' || kind === 'sama' || place === undefined) continue;
    const { kelurahan, rw, rt = null, number } = place;
    const [thereKey, thereHash] = [other?.key ?? null, other?.hash ?? null];
    found.push({ caseId, subject, kind, kelurahan, rw, rt, number, thereKey, thereHash });
  }
  const isLater = new Set(later.map(({ caseId }) => caseId));
  const [branchesHere, branchesThere] = [hereOfThose, there].map((leaves) =>
    branchesOf(
      leaves.filter(({ caseId }) => !isLater.has(caseId)),
      sha256,
    ),
  );
  return { found, apart: differingRws(branchesHere ?? [], branchesThere ?? []), later };
}

function standingOf(
  register: Register,
  caseId: string,
  own: PlacedLeaf | null,
  other: PlacedLeaf | null,
): Standing {
  if (newestConfirmed(register, caseId) !== (own?.key ?? null)) return 'kelak';
  if (other === null) return 'hilang_di_provinsi';
  const records = listRecordsOfCase(register.db, caseId);
  if (own?.key === other.key) {
    if (own.hash !== other.hash) return 'isi_berbeda';
    const [newest, unproven] = [
      records.findIndex(({ key }) => key === own.key),
      records.findLastIndex(isUnproven),
    ];
    if (unproven >= 0) return unproven > newest ? 'hilang_di_provinsi' : 'hilang_di_kantor';
    return branchKey(own) === branchKey(other) ? 'sama' : 'rw_berbeda';
  }
  const known = records.find(({ key }) => key === other.key);
  if (known === undefined) return 'hilang_di_kantor';
  if (isProven(known)) return 'hilang_di_provinsi';
  return waitingOutboxStates.includes(known.state) ? 'kelak' : 'hilang_di_kantor';
}

/** Key of the newest record of a case that the province has given a receipt for, as of now. */
function newestConfirmed({ db }: Register, caseId: string): string | null {
  const confirmed = listRecordsOfCase(db, caseId).filter(isProven);
  return confirmed.toSorted((one, other) => (other.version ?? 0) - (one.version ?? 0))[0]?.key ?? null;
}

/**
 * How the two sides stand to each other in what a family said last. Each word stands in for all before it, in the order
 * in which this office told them, whatever they count.
 *
 * @param own the newest that the province has given a receipt for, as it was when the province was asked
 */
export function standingOfWord(
  { db }: Register,
  caseId: string,
  own: Pick<ProofLeaf, 'key' | 'hash'> | null,
  other: Pick<ProofLeaf, 'key' | 'hash'> | null,
): Standing {
  const words = listWordsOfCase(db, caseId).filter(({ state }) => state !== 'ditolak');
  const newest = words.at(-1);
  if (newest !== undefined && waitingOutboxStates.includes(newest.state)) return 'kelak';
  if ((words.findLast(isProven)?.key ?? null) !== (own?.key ?? null)) return 'kelak';
  if (other === null) return newest === undefined ? 'sama' : 'hilang_di_provinsi';
  if (other.key !== newest?.key)
    return words.some(({ key }) => key === other.key) ? 'hilang_di_provinsi' : 'hilang_di_kantor';
  if (other.hash !== (own?.key === newest.key ? own.hash : newest.hash)) return 'isi_berbeda';
  return isProven(newest) ? 'sama' : 'hilang_di_kantor';
}
