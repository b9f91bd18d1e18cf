import type { RecordHead } from '../../shared/provincial/record.ts';
import { type ConflictAnswer, RecordAnswer, type WireEdit } from '../../shared/provincial/wire.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import type { OfficeLink } from './province-client.ts';
import { allKeys, isConflictProven, isMergeProven, openReceipt } from './signatures.ts';

/** An item of the outbox on its way: leased, and with everything its receipt must name, but not its body. */
export interface Outgoing {
  itemId: string;
  record: RecordHead;
  /** Version of the case in the body. */
  version: number;
}

/** What became of one item, ready to be written down. */
export type Settlement = { itemId: string } & (
  | {
      outcome: 'confirmed';
      jws: string;
      receiptId: string;
      serverTime: string;
      /** Version of the case that the province holds since. */
      version: number;
      /**
       * What the province had changed meanwhile, in other fields; null where the receipt names no merge. That
       * tells nothing of what the province changes: its word of each change comes down, and is taken whenever
       * it does.
       */
      merge: { theirs: WireEdit[] } | null;
    }
  /** The province changed the same field meanwhile; nothing of the item was applied. */
  | ({ outcome: 'conflict' } & Pick<ConflictAnswer, 'code' | 'sentence' | 'version' | 'clashes' | 'theirs'>)
  | { outcome: 'rejected'; code: string; field: string | null; sentence: string }
  | { outcome: 'held'; code: string; sentence: string }
  /** No answer that proves anything: the item is sent again. */
  | { outcome: 'unclear'; code: string; sentence: string }
);

/** Receipts that are verified at once: enough for every core, few enough that a batch is not held several times over. */
const atOnce = 16;

/** Reads the answers to a batch, each by itself; a receipt that does not verify confirms nothing. */
export async function judgeAnswers(
  link: OfficeLink,
  batch: readonly Outgoing[],
  answers: readonly { key: string }[],
): Promise<Settlement[]> {
  const byKey = new Map(answers.map((answer) => [answer.key, answer]));
  const settlements: Settlement[] = [];
  for (let from = 0; from < batch.length; from += atOnce)
    settlements.push(
      ...(await Promise.all(
        batch.slice(from, from + atOnce).map(async (outgoing) => {
          const answer = byKey.get(outgoing.record.key);
          return answer
            ? await judge(link, outgoing, answer)
            : unclear(outgoing, 'answer_missing', 'Provinsi belum menjawab berkas ini.');
        }),
      )),
    );
  return settlements;
}

async function judge(link: OfficeLink, outgoing: Outgoing, raw: unknown): Promise<Settlement> {
  const { itemId, record, version } = outgoing;
  const parsed = RecordAnswer.safeParse(raw);
  if (!parsed.success)
    return unclear(
      outgoing,
      'answer_unknown',
      'Jawaban provinsi untuk berkas ini belum dikenal versi Mutakhir ini.',
    );
  const answer = parsed.data;
  switch (answer.status) {
    case 'accepted':
    case 'duplicate': {
      const receipt = await openReceipt(answer.receipt, allKeys(link), {
        ...record,
        version,
        officeId: link.officeId,
      });
      if (receipt === null)
        return unclear(
          outgoing,
          'receipt_invalid',
          'Tanda terima provinsi tidak dapat dibuktikan keasliannya.',
        );
      if (!isMergeProven(receipt, answer.merged, version))
        return unclear(
          outgoing,
          'merge_unproven',
          'Gabungan isian dari provinsi tidak dapat dibuktikan keasliannya.',
        );
      return {
        itemId,
        outcome: 'confirmed',
        jws: answer.receipt,
        receiptId: receipt.receiptId,
        serverTime: receipt.serverTime,
        version: receipt.version,
        merge: answer.merged ?? null,
      };
    }
    case 'rejected':
      return {
        itemId,
        outcome: 'rejected',
        code: answer.code,
        field: answer.field,
        sentence: answer.sentence,
      };
    case 'held':
      return { itemId, outcome: 'held', code: answer.code, sentence: answer.sentence };
    case 'conflict': {
      if (!(await isConflictProven(answer, allKeys(link), { ...record, officeId: link.officeId })))
        return unclear(
          outgoing,
          'conflict_unproven',
          'Pertentangan yang disebut provinsi tidak dapat dibuktikan keasliannya.',
        );
      const { code, sentence, version: held, clashes, theirs } = answer;
      return { itemId, outcome: 'conflict', code, sentence, version: held, clashes, theirs };
    }
    default:
      return assertNever(answer);
  }
}

export function unclear({ itemId }: Outgoing, code: string, sentence: string): Settlement {
  return { itemId, outcome: 'unclear', code, sentence };
}
