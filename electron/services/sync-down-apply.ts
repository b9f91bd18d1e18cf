import { z } from 'zod';
import { assertNever } from '../../shared/domain/assert-never.ts';
import {
  CaseChangedBody,
  DownItem,
  DownKind,
  PenetapanBody,
  RankBody,
  RecipientsBody,
  RejectedBody,
} from '../../shared/provincial/down.ts';
import { instant } from '../clock.ts';
import { findCase } from '../store/cases.ts';
import { findKnownVersion } from '../store/clashes.ts';
import { savepointOr } from '../store/connection.ts';
import { insertDecision, insertTask, listPendingItems, setItemApplied } from '../store/down.ts';
import { forgetScans } from '../store/finding.ts';
import { appendEvent } from '../store/journal.ts';
import { readProven } from '../sync/signatures.ts';
import { newId, type Register, systemActor } from './register.ts';
import { settleAgreed } from './sync-queue.ts';
import { takeSetting } from './sync-settings.ts';
import { takeOver } from './sync-takeover.ts';

/**
 * Applies items in their order, in the caller's transaction, each by itself. One that cannot be applied is kept: it waits
 * for its day, for a version that knows it, or threw, which is a mistake of this program and is logged once. Later changes
 * of its case wait behind it, since each says only what changed after the one before; nothing else does.
 *
 * @throws where the register itself cannot be written, as on a full disk: then none of them may stand.
 */
export function applyInOrder(register: Register, items: readonly DownItem[]): void {
  const at = instant(register.clock);
  const waiting = items.some(({ kind }) => kind === changed)
    ? casesBehind(register, items)
    : new Set<string>();
  for (const item of items) {
    const caseId = item.kind === changed ? caseOf(item) : null;
    if (caseId !== null && waiting.has(caseId)) continue;
    if (applyAlone(register, item)) setItemApplied(register.db, item.id, at);
    else if (caseId !== null) waiting.add(caseId);
  }
}

const changed = 'case.changed' satisfies DownKind;

/** Cases of which a change came before these items, and waits. */
function casesBehind({ db }: Register, items: readonly DownItem[]): Set<string> {
  const ids = new Set(items.map(({ id }) => id));
  const cases = listPendingItems(db)
    .filter(({ id, kind }) => kind === changed && !ids.has(id))
    .map(({ jws }) => caseOf(readProven(jws, DownItem)));
  return new Set(cases.filter((caseId) => caseId !== null));
}

/** What an item says of its case, also where this version cannot read the rest; null where it is about none, or several. */
const OfCase = CaseChangedBody.pick({ caseId: true });

function caseOf(item: DownItem | null): string | null {
  return OfCase.safeParse(item?.body).data?.caseId ?? null;
}

function applyAlone(register: Register, item: DownItem): boolean {
  const { db, failedItems } = register;
  const applied = savepointOr(
    db,
    () => applyDownItem(register, item),
    (cause) => {
      if (!failedItems.has(item.id)) register.logFailure(cause);
      failedItems.set(item.id, caseOf(item));
      return null;
    },
  );
  if (applied !== null) failedItems.delete(item.id);
  return applied === true;
}

/**
 * Applies one item, in the caller's transaction.
 *
 * @returns false where it must wait: for its day, for its other parts, or for a version that knows it.
 */
function applyDownItem(register: Register, item: DownItem): boolean {
  const { data: kind } = DownKind.safeParse(item.kind);
  if (kind === undefined) return false;
  switch (kind) {
    case 'decision.penetapan':
      return read(PenetapanBody, item, ({ caseId, periodId, ...outcome }) =>
        decide(register, item, {
          caseId,
          memberId: null,
          matter: 'penetapan',
          periodId,
          program: '',
          outcome,
        }),
      );
    case 'decision.rank':
      return read(RankBody, item, ({ periodId, model, ranks, of = null }) => {
        for (const { caseId, rank, desil } of ranks)
          decide(register, item, {
            caseId,
            memberId: null,
            matter: 'peringkat',
            periodId,
            program: '',
            outcome: { rank, desil, model, of },
          });
      });
    case 'decision.recipients':
      return read(RecipientsBody, item, ({ periodId, program, recipients }) => {
        for (const { caseId, ...outcome } of recipients)
          decide(register, item, {
            caseId,
            memberId: outcome.memberId,
            matter: 'program',
            periodId,
            program: program.name,
            outcome,
          });
      });
    case 'record.rejected':
      return read(RejectedBody, item, (body) => openTask(register, item, body));
    case 'case.changed':
      return read(CaseChangedBody, item, ({ caseId, baseVersion, version, edits, reason }) => {
        // A case of a register that was lost, or a change that came with a receipt: nothing to do.
        if (findCase(register.db, caseId) === null || version <= findKnownVersion(register.db, caseId))
          return;
        takeOver(register, caseId, { baseVersion, version, edits, reason });
        settleAgreed(register, caseId);
      });
    case 'reference.list':
      // By steps of its own: sync-lists.ts.
      return false;
    case 'setting.published':
      return takeSetting(register, item);
    default:
      return assertNever(kind);
  }
}

/** A body that this version cannot read waits for one that can. */
function read<Schema extends z.ZodType>(
  schema: Schema,
  item: DownItem,
  apply: (body: z.infer<Schema>) => void,
): boolean {
  const body = schema.safeParse(item.body);
  if (!body.success) return false;
  apply(body.data);
  return true;
}

function decide(
  register: Register,
  item: DownItem,
  decision: Omit<Parameters<typeof insertDecision>[1], 'itemId'>,
): void {
  if (!insertDecision(register.db, { itemId: item.id, ...decision })) return;
  if (findCase(register.db, decision.caseId) === null) return;
  forgetScans(register.db, [decision.caseId]);
  appendEvent(register.db, {
    at: instant(register.clock),
    actor: { id: null, role: systemActor.role },
    type: 'putusan_provinsi',
    caseId: decision.caseId,
    payload: { putusan: decision.matter, periode: decision.periodId, hasil: decision.outcome },
  });
}

function openTask(register: Register, item: DownItem, body: z.infer<typeof RejectedBody>): void {
  if (findCase(register.db, body.caseId) === null) return;
  insertTask(register.db, {
    id: newId(),
    itemId: item.id,
    caseId: body.caseId,
    code: body.code,
    field: body.field,
    sentence: body.sentence,
    from: body.by,
    receivedAt: instant(register.clock),
  });
  appendEvent(register.db, {
    at: instant(register.clock),
    actor: { id: null, role: systemActor.role },
    type: 'tugas_dari_provinsi',
    caseId: body.caseId,
    payload: { kode: body.code, alasan: body.sentence, keterangan: body.by },
  });
}
