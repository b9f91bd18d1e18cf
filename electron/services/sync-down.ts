import { DownItem, downLimits } from '../../shared/provincial/down.ts';
import { liesIn } from '../../shared/domain/wilayah.ts';
import { signatureType } from '../../shared/provincial/wire.ts';
import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import {
  countAnew,
  type DownMark,
  findItemTaken,
  insertItem,
  listPendingItems,
  putDownMark,
  readDownMark,
} from '../store/down.ts';
import { appendEvent } from '../store/journal.ts';
import { getOffice } from '../store/office.ts';
import type { OfficeLink, ProvinceClient } from '../sync/province-client.ts';
import { Portion } from '../sync/portion.ts';
import type { ErrandStep } from '../sync/sender-ports.ts';
import { openSigned, readProven, signingKeys } from '../sync/signatures.ts';
import { isStanding, keepKeys, withVouchedKeys } from './province-keys.ts';
import { noteTrouble, writingDown } from './down-trouble.ts';
import type { Register } from './register.ts';
import { applyInOrder } from './sync-down-apply.ts';

/**
 * How many bytes are asked for at once. An older server does not know the question, and gives its own pages.
 */
export const downPortion = () => new Portion({ least: downLimits.leastPage, most: downLimits.page });

/**
 * Reads the next page of what the province issued, and takes it whole, in one transaction with the
 * cursor; a page of which one item does not prove to be the province's own, for this office and in
 * order, is refused whole. What this version does not know, or what throws as it is applied, is kept, and tried again at
 * every start.
 */
export async function takeDown(
  register: Register,
  ...asked: [client: ProvinceClient, link: OfficeLink, portion: Portion, signal: AbortSignal]
): Promise<ErrandStep> {
  try {
    return await takeNext(register, ...asked);
  } catch (cause) {
    noteTrouble(register, 'halaman', cause);
    throw cause;
  }
}

async function takeNext(
  register: Register,
  client: ProvinceClient,
  link: OfficeLink,
  portion: Portion,
  signal: AbortSignal,
): Promise<ErrandStep> {
  const mark = readDownMark(register.db);
  const asked = {
    after: mark.cursor,
    taken: findItemTaken(register.db),
    most: portion.size,
    refused: mark.refusedAt !== null,
  };
  const reply = await client.readDown(link, asked, signal);
  portion.after(reply);
  if (reply.kind === 'busy') return { more: false, retryAfter: reply.retryAfter };
  // Asked each minute, so that also an office with nothing to send learns that it was revoked.
  if (reply.kind === 'refused' && [401, 403].includes(reply.status))
    return { more: false, retryAfter: null, refusal: { code: reply.code, sentence: reply.sentence } };
  if (reply.kind === 'silent') return { more: false, retryAfter: null, unheard: true };
  if (reply.kind !== 'answered') return { more: false, retryAfter: null };
  const known = await withVouchedKeys(link, reply.answer.keys ?? []);
  keepKeys(register, known);
  const anew = reply.answer.anew === true;
  const page = await takePage(register, known, anew ? 0 : mark.cursor, reply.answer.items);
  if (page === null) {
    if (mark.refusedAt === null) refuse(register, link, mark, instant(register.clock));
    return { more: false, retryAfter: null };
  }
  transaction(register.db, () => {
    if (!isStanding(register, link)) return;
    if (anew) countAnew(register.db);
    page.keep();
  });
  register.downTroubles.delete('halaman');
  // What a courier brought comes over the line as well.
  register.downTroubles.delete('kurir');
  return { more: reply.answer.more && page.items > 0, retryAfter: null, refusal: null };
}

/**
 * Opens a page, whichever way it came.
 *
 * @param after the cursor that it was asked with
 * @returns what keeps and applies it, in the caller's transaction; null where one of its items does not hold.
 */
export async function takePage(
  register: Register,
  link: OfficeLink,
  after: number,
  signed: readonly string[],
): Promise<{ items: number; keep: () => void } | null> {
  const page = await openPage(register, link, after, signed);
  if (page === null) return null;
  return {
    items: page.length,
    keep: () => {
      const at = instant(register.clock);
      const come = page.filter(({ item: { id, cursor, kind, issuedAt }, jws }) =>
        insertItem(register.db, { id, cursor, kind, jws, issuedAt, receivedAt: at }),
      );
      applyInOrder(
        register,
        come.map(({ item }) => item),
      );
      // An empty page may move the cursor on nothing that was not proven; an older one never back.
      const { cursor } = readDownMark(register.db);
      putDownMark(register.db, {
        cursor: Math.max(cursor, page.at(-1)?.item.cursor ?? 0),
        readAt: at,
        refusedAt: null,
      });
    },
  };
}

/**
 * Tries again what waited for its day, or a version of the program that knows it. Its signature was verified when it
 * came, by a key that may since have been replaced.
 *
 * @param again also what threw since the program started
 */
export function applyPending(register: Register, { again = false }: { again?: boolean } = {}): void {
  writingDown(register, 'menunggu', () => {
    const pending = listPendingItems(register.db).filter(({ id }) => again || !register.failedItems.has(id));
    if (pending.length === 0) return;
    transaction(register.db, () =>
      applyInOrder(
        register,
        pending.flatMap(({ jws }) => readProven(jws, DownItem) ?? []),
      ),
    );
  });
}

interface OpenedItem {
  item: DownItem;
  jws: string;
}

async function openPage(
  register: Register,
  link: OfficeLink,
  after: number,
  signed: readonly string[],
): Promise<OpenedItem[] | null> {
  const { area } = getOffice(register.db);
  const page: OpenedItem[] = [];
  let cursor = after;
  for (const jws of signed) {
    const item = await openSigned(jws, signingKeys(link), signatureType.down, DownItem);
    if (item === null || item.cursor <= cursor) return null;
    const forUs =
      item.officeId === null
        ? item.area !== null && liesIn(area, item.area)
        : item.officeId === link.officeId;
    if (!forUs) return null;
    cursor = item.cursor;
    page.push({ item, jws });
  }
  return page;
}

function refuse(register: Register, link: OfficeLink, mark: DownMark, at: string): void {
  transaction(register.db, () => {
    if (!isStanding(register, link)) return;
    putDownMark(register.db, { ...mark, refusedAt: at });
    appendEvent(register.db, {
      at,
      actor: { id: null, role: 'sistem' },
      type: 'kiriman_provinsi_ditolak',
      payload: { kursor: mark.cursor, keterangan: 'Tanda tangan kiriman provinsi tidak dapat dibuktikan' },
    });
  });
}
