import { createHash } from 'node:crypto';
import { setImmediate as breath } from 'node:timers/promises';
import { emptyReport } from '../../shared/contract/reference.ts';
import { DownItem, ReferenceBody } from '../../shared/provincial/down.ts';
import { instant } from '../clock.ts';
import { aged, carried, yearsBetween } from '../importing/merge.ts';
import { isRegisterTrouble, transaction } from '../store/connection.ts';
import { findEnroller, findItemJws, listPendingOfKind, setItemApplied } from '../store/down.ts';
import { PartedList } from '../store/list-rows.ts';
import { appendEvent } from '../store/journal.ts';
import { findLinkRecord } from '../store/office-link.ts';
import { hasList, readListHouseholds } from '../store/province-lists.ts';
import { dropUnfinishedSteps, ReferenceStaging } from '../store/reference-staging.ts';
import { findListRecord } from '../store/reference.ts';
import { readProven } from '../sync/signatures.ts';
import { noteTrouble } from './down-trouble.ts';
import { type HeldList, type Register, systemActor } from './register.ts';

/** The kind of the items that a list comes in; no page applies them, {@link moveListsIn} does. */
const kind = 'reference.list' as const;

/** Households staged without a pause: some hundredths of a second. */
const householdsAtOnce = 100;

/** What a part says of its list, without the families in it. */
const Outline = ReferenceBody.pick({
  listId: true,
  name: true,
  version: true,
  listDate: true,
  part: true,
  parts: true,
  baseListId: true,
}).loose();

interface WaitingList {
  listId: string;
  outline: typeof Outline._output;
  baseListId: string | null;
  /** Its items in the order of the list. */
  itemIds: string[];
}

/**
 * Moves the lists of the province in of which every part has come, one after the other and by steps,
 * so that a clerk goes on meanwhile. Nobody sees a list before its last step. One that is broken off
 * is taken out when the register is next opened, and begins anew: its parts wait until it stands.
 *
 * @param again also those that failed: of each it is said so until it stands
 * @throws where the register itself cannot be read or written; {@link Register.downTroubles} says so
 */
export async function moveListsIn(
  register: Register,
  signal?: AbortSignal,
  { again = false }: { again?: boolean } = {},
): Promise<void> {
  // What fails once more meanwhile is not tried a second time for whoever asked before that.
  const retried = again
    ? new Set(register.heldLists.values().filter(({ why }) => why === 'failed'))
    : nothing;
  try {
    // What an import left is taken out first, for minutes: nobody waits for that without a list.
    if ((await waitingLists(register, retried, signal)).length > 0) {
      const mine = register.movingLists.catch(() => {}).then(() => moveAll(register, retried, signal));
      register.movingLists = mine;
      await mine;
    }
  } catch (cause) {
    noteTrouble(register, 'daftar', cause);
    throw cause;
  }
  register.downTroubles.delete('daftar');
}

const nothing: ReadonlySet<HeldList> = new Set();

async function moveAll(
  register: Register,
  retried: ReadonlySet<HeldList>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const tried = new Set<string>();
  for (;;) {
    const next = (await waitingLists(register, retried, signal)).find(({ listId }) => !tried.has(listId));
    if (next === undefined || signal?.aborted) return;
    tried.add(next.listId);
    // Where the office enrols anew meanwhile, whoever signed these parts may not be the province.
    const enrolment = findLinkRecord(register.db)?.credential;
    const isOver = () => signal?.aborted === true || findLinkRecord(register.db)?.credential !== enrolment;
    try {
      await moveIn(register, next, isOver, signal);
    } catch (cause) {
      if (isRegisterTrouble(cause) || !register.db.open) throw cause;
      // A mistake of this program with one list keeps no other from moving in.
      register.logFailure(cause);
      if (!isOver()) register.heldLists.set(next.listId, heldFor(next.outline, 'failed'));
    }
  }
}

/** Lists of which every part is here, and the list that they build on. */
async function waitingLists(
  register: Register,
  retried: ReadonlySet<HeldList>,
  signal: AbortSignal | undefined,
): Promise<WaitingList[]> {
  const lists = new Map<string, { outline: typeof Outline._output; itemIds: Map<number, string> }>();
  for (const itemId of listPendingOfKind(register.db, kind)) {
    await breath();
    if (signal?.aborted) return [];
    const outline = outlineIn(findItemJws(register.db, itemId));
    if (outline === null) continue;
    if (hasList(register.db, outline.listId)) {
      register.heldLists.delete(outline.listId);
      transaction(register.db, () => setItemApplied(register.db, itemId, instant(register.clock)));
      continue;
    }
    const list = lists.get(outline.listId) ?? { outline, itemIds: new Map<number, string>() };
    list.itemIds.set(outline.part, itemId);
    lists.set(outline.listId, list);
  }
  const whole = [...lists.values()].filter(({ outline, itemIds }) => itemIds.size >= outline.parts);
  noteBases(
    register,
    whole.map(({ outline }) => outline),
  );
  return whole
    .filter(({ outline: { listId } }) => {
      const held = register.heldLists.get(listId);
      return held === undefined || retried.has(held);
    })
    .map(({ outline, itemIds }) => ({
      listId: outline.listId,
      outline,
      baseListId: outline.baseListId,
      itemIds: [...itemIds].toSorted(([one], [other]) => one - other).map(([, itemId]) => itemId),
    }));
}

/** Holds what builds on a list that is not here, and lets go what no longer does. */
function noteBases({ db, heldLists }: Register, outlines: readonly (typeof Outline._output)[]): void {
  for (const [listId, { why }] of heldLists) if (why === 'base_missing') heldLists.delete(listId);
  for (const outline of outlines)
    if (outline.baseListId !== null && !hasList(db, outline.baseListId) && !heldLists.has(outline.listId))
      heldLists.set(outline.listId, heldFor(outline, 'base_missing'));
}

function heldFor({ name, version, listDate }: typeof Outline._output, why: HeldList['why']): HeldList {
  return { name, version, listDate, why };
}

async function moveIn(
  register: Register,
  waiting: WaitingList,
  isOver: () => boolean,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { db } = register;
  const importedBy = findEnroller(db);
  const first = await openPart(register, waiting.itemIds[0] ?? '');
  if (first === null && !isOver())
    register.heldLists.set(waiting.listId, heldFor(waiting.outline, 'unreadable'));
  if (importedBy === null || first === null) return;
  const { source, name, listDate, version: published } = first;
  // What an earlier try left, where it could not be taken out as the office opened.
  for (const _ of dropUnfinishedSteps(db, { listId: waiting.listId })) {
    await breath();
    if (signal?.aborted) return;
  }
  const staging = new ReferenceStaging(db, {
    id: waiting.listId,
    source,
    name,
    listDate,
    areaCodes: 'kemendagri',
    fileName: `Provinsi, versi ${published}`,
    fileHash: createHash('sha256').update(waiting.itemIds.join()).digest('hex'),
    importedAt: instant(register.clock),
    importedBy,
    basedOn: waiting.baseListId,
    // The province sends the office its whole part of a register; of one day under several names, in parts.
    replaces: 'earlier',
  });
  try {
    const parted = new PartedList((rows) => staging.write(rows));
    const staged = await stage(register, { ...waiting, listDate }, parted, isOver);
    if (staged === 'unreadable') register.heldLists.set(waiting.listId, heldFor(waiting.outline, staged));
    if (staged === 'unreadable' || staged === null) return;
    const report = { ...emptyReport, rows: staged.persons, ...staged };
    parted.finish();
    const steps = staging.commitSteps(report, (version) => {
      for (const itemId of waiting.itemIds) setItemApplied(db, itemId, instant(register.clock));
      appendEvent(db, {
        at: instant(register.clock),
        actor: { id: null, role: systemActor.role },
        type: 'acuan_dari_provinsi',
        payload: { daftar: name, versi: version, rumah_tangga: staged.households },
      });
    });
    // An office that closes leaves the rest to the next start, which takes out what has moved.
    for (;;) {
      if (isOver()) return;
      if (steps.next().done === true) break;
      await breath();
    }
    register.heldLists.delete(waiting.listId);
  } finally {
    if (db.open && !signal?.aborted)
      for (const _ of staging.dropSteps()) {
        await breath();
        if (signal?.aborted || !db.open) break;
      }
  }
}

/**
 * Hands on the list: what its parts say, and of the list that it builds on whoever they do not name.
 *
 * @param isOver whether the office closes, or enrolled anew
 * @returns null where it is over, `unreadable` where this version cannot read a part.
 */
async function stage(
  register: Register,
  { baseListId, itemIds, listDate }: WaitingList & { listDate: string },
  parted: PartedList,
  isOver: () => boolean,
): Promise<{ households: number; persons: number } | 'unreadable' | null> {
  const named = new Set<string>();
  const count = { households: 0, persons: 0 };
  let over = false;
  const take = async ({ persons, ...household }: ReferenceBody['households'][number]): Promise<void> => {
    parted.household(count.households, household);
    for (const person of persons) parted.person(count.households, person);
    count.households += 1;
    count.persons += persons.length;
    if (count.households % householdsAtOnce > 0) return;
    await breath();
    over = isOver();
  };
  for (const itemId of itemIds) {
    const part = await openPart(register, itemId);
    if (isOver()) return null;
    if (part === null) return 'unreadable';
    for (const sourceId of part.removed) named.add(sourceId);
    for (const household of part.households) {
      if (over) return null;
      named.add(household.sourceId);
      await take(household);
    }
  }
  const base = baseListId === null ? null : findListRecord(register.db, baseListId);
  if (baseListId === null || base === null) return count;
  const years = yearsBetween(base.listDate, listDate);
  for (const { persons, ...household } of readListHouseholds(register.db, baseListId)) {
    if (over) return null;
    if (!named.has(household.sourceId))
      await take({ ...carried(household, baseListId), persons: aged(persons, years) });
  }
  return count;
}

/** A part as it was kept once its signature had been looked at; null where this version cannot read it. */
async function openPart(register: Register, itemId: string): Promise<ReferenceBody | null> {
  await breath();
  const jws = findItemJws(register.db, itemId);
  const item = jws === null ? null : readProven(jws, DownItem);
  return item === null ? null : (ReferenceBody.safeParse(item.body).data ?? null);
}

function outlineIn(jws: string | null): typeof Outline._output | null {
  if (jws === null) return null;
  return Outline.safeParse(readProven(jws, DownItem)?.body).data ?? null;
}
