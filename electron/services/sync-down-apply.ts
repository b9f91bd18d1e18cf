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
import { findItemJws, insertDecision, insertTask, listPendingOfKind } from '../store/down.ts';
import { forgetScans } from '../store/finding.ts';
import { appendEvent } from '../store/journal.ts';
import { readProven } from '../sync/signatures.ts';
import { newId, type Register, systemActor } from './register.ts';
import { settleAgreed } from './sync-queue.ts';
import { takeSetting } from './sync-settings.ts';
import { takeOver } from './sync-takeover.ts';

/**
 * Applies one item, in the caller's transaction.
 *
 * @returns false where it must wait: for its day, for its other parts, or for a version that knows it.
 */
export function applyDownItem(register: Register, item: DownItem): boolean {
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
      if (waitsBehind(register, item)) return false;
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

/** What also a change that this version cannot read says of its case. */
const OfCase = CaseChangedBody.pick({ caseId: true });

/**
 * Whether an earlier change of the same case still waits for a version that can read it. A later one says only
 * what changed after it: taken first, the earlier one would count as known, and be overwritten by the next record.
 */
function waitsBehind({ db }: Register, { kind, cursor, body }: DownItem): boolean {
  const caseId = OfCase.safeParse(body).data?.caseId;
  return listPendingOfKind(db, kind).some((id) => {
    const jws = findItemJws(db, id);
    const earlier = jws === null ? null : readProven(jws, DownItem);
    return (
      earlier !== null && earlier.cursor < cursor && OfCase.safeParse(earlier.body).data?.caseId === caseId
    );
  });
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
