import { CompactSign, importJWK } from 'jose';
import { type PrivateKey, Receipt, signatureType, wireVersion } from '../../shared/provincial/wire.ts';
import { newId, type Register } from '../services/register.ts';
import { settleOutbox } from '../services/sync-settle.ts';
import { holdingOf } from '../services/settings.ts';
import { findOutboxItem } from '../store/sync.ts';
import { listOutboxOfCase } from '../store/sync-views.ts';
import type { OutboxItem } from '../store/sync.ts';

/**
 * The province as the training office knows it. That office is never connected, so its part is
 * played here: receipts are signed with a key made for the occasion, and settled as real ones are.
 */
export async function confirmInTraining(register: Register, key: PrivateKey, caseId: string): Promise<void> {
  const item = waitingItem(register, caseId);
  const receipt = Receipt.parse({
    wire: wireVersion,
    receiptId: newId(),
    officeId: newId(),
    key: item.key,
    kind: item.kind,
    caseId,
    version: item.version,
    hash: item.hash,
    serverTime: register.clock.now().toISOString(),
  });
  const jws = await new CompactSign(new TextEncoder().encode(JSON.stringify(receipt)))
    .setProtectedHeader({ alg: 'EdDSA', typ: signatureType.receipt })
    .sign(await importJWK(key, 'EdDSA'));
  const { receiptId, serverTime } = receipt;
  settleOutbox(
    register,
    [
      {
        itemId: item.id,
        outcome: 'confirmed',
        jws,
        receiptId,
        serverTime,
        version: receipt.version,
        merge: null,
      },
    ],
    Math.random,
  );
}

export function rejectInTraining(register: Register, caseId: string): void {
  const { id: itemId } = waitingItem(register, caseId);
  const rejection = {
    code: 'kk_ganda',
    field: 'body.household.families.0.kk',
    sentence: 'No KK ini sudah terdaftar pada rumah tangga lain di kelurahan ini.',
  };
  settleOutbox(register, [{ itemId, outcome: 'rejected', ...rejection }], Math.random);
}

function waitingItem(register: Register, caseId: string): OutboxItem {
  const [view] = listOutboxOfCase(register.db, caseId, holdingOf(register));
  const item = view === undefined ? null : findOutboxItem(register.db, view.id);
  if (item === null) throw new Error('A legalised case waits in the outbox.');
  return item;
}
