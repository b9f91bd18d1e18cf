import { createHash } from 'node:crypto';
import type { FileItem } from '../../shared/contract/attention.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { instant } from '../clock.ts';
import {
  countFailingFiles,
  type Damage,
  type FailingFile,
  listDamaged,
  listFailingFiles,
  readChunk,
  setDamaged,
  setMended,
} from '../store/attachment-push.ts';
import { getContent } from '../store/attachments.ts';
import { findCaseLine } from '../store/attention.ts';
import { isUnreadable, type ReadableDb, transaction } from '../store/connection.ts';
import type { Register } from './register.ts';
import { holdingOf } from './settings.ts';
import { ended } from './sync-sentences.ts';

/** Files that do not reach the province by themselves: what is the matter, and what a person can do (ADR 4). */

/**
 * Bytes `from` to `from + length` of a file that goes to the province. Before the first it is looked at whole, so that
 * no line carries what the province would throw away; one that is damaged is noted, and waits for a person.
 *
 * @returns null where it is damaged
 */
export function readPiece(
  register: Register,
  hash: string,
  from: number,
  length: number,
): Buffer<ArrayBuffer> | null {
  const { db } = register;
  const damage = from === 0 ? findDamage(db, hash) : null;
  const piece = damage ?? readOr(() => readChunk(db, hash, from, length));
  if (typeof piece !== 'string') return piece;
  transaction(db, () => setDamaged(db, hash, piece, instant(register.clock)));
  return null;
}

/** What became of a content that is kept here; null where it is what its hash names. */
function findDamage(db: ReadableDb, hash: string): Damage | null {
  const content = readOr(() => getContent(db, hash).content);
  if (!Buffer.isBuffer(content)) return content;
  return hashOfContent(content) === hash ? null : 'rusak';
}

function readOr<Content extends Buffer>(read: () => Content): Content | Damage {
  try {
    return read();
  } catch (cause) {
    if (isUnreadable(cause)) return 'tak_terbaca';
    throw cause;
  }
}

export function hashOfContent(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * Looks at what was found damaged once more: a disk may have failed for a moment. Each of its steps reads one file whole;
 * between them others may work.
 */
export function* lookAtDamaged({ db, clock, push }: Register): Generator<void> {
  for (const hash of listDamaged(db)) {
    const isWhole = findDamage(db, hash) === null;
    if (isWhole && transaction(db, () => setMended(db, hash, instant(clock)))) push?.wake();
    yield;
  }
}

/** One of each case, oldest first. @param before ISO instant: what the server fails over since then is told */
export function fileItems(register: Register, before: string): FileItem[] {
  const byCase = Map.groupBy(
    listFailingFiles(register.db, { ...holdingOf(register), before }),
    ({ caseId }) => caseId,
  );
  return [...byCase].map(([caseId, files]) => ({
    kind: 'lampiran',
    id: caseId,
    caseId,
    ...findCaseLine(register.db, caseId),
    since: files[0]?.since ?? '',
    files: files.map((file) => ({ id: file.id, name: file.name, slot: file.slot, ...standingOf(file) })),
  }));
}

/** How many files do not reach the province, and how many {@link fileItems} that makes. */
export function countFailing(register: Register, before: string): { files: number; cases: number } {
  return countFailingFiles(register.db, { ...holdingOf(register), before });
}

function standingOf({ state, problem }: FailingFile): Pick<FileItem['files'][number], 'sentence' | 'remedy'> {
  switch (state) {
    case 'rusak':
      return {
        sentence: 'Rusak di kantor ini: isinya tidak lagi sama dengan saat diunggah, maka tidak dikirim.',
        remedy: 'unggah',
      };
    case 'tak_terbaca':
      return {
        sentence: 'Rusak di kantor ini: isinya tidak terbaca lagi dari buku register.',
        remedy: 'pulihkan',
      };
    case 'menunggu':
      return {
        sentence:
          problem === null
            ? 'Server provinsi gagal, atau sambungan putus, setiap kali lampiran ini dikirim.'
            : `Provinsi belum menerimanya: ${ended(problem)}`,
        remedy: 'tunggu',
      };
    default:
      return assertNever(state);
  }
}
