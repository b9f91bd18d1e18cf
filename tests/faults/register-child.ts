/**
 * A program of its own that writes into a register until it is killed, and says after each save that
 * it is saved: node register-child.ts <data folder>; the register's key and the account that types
 * come as one line of JSON on its standard input.
 */
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { getCase, takeStep } from '../../electron/services/case-steps.ts';
import { registerDraft } from '../../electron/services/intake-register.ts';
import { createDraft, saveDraft } from '../../electron/services/intake.ts';
import { mergeCases } from '../../electron/services/merge.ts';
import type { ServiceActor } from '../../electron/services/register.ts';
import { draftOfHousehold } from '../../shared/domain/draft.ts';
import { syntheticFamily } from '../integration/families.ts';
import { wayToLegalise } from '../integration/legalise.ts';
import { openBareRegister } from './bare-register.ts';
import { ChildOrder, findSave, type Save } from './register-save.ts';
import { visitFamily } from './visit-family.ts';

const [folder = ''] = process.argv.slice(2);
const [line] = await once(createInterface({ input: process.stdin }), 'line');
const order = ChildOrder.parse(JSON.parse(String(line)));
const clerk: ServiceActor = { id: order.accountId, name: 'Petugas', role: 'petugas_loket' };
const verifier: ServiceActor = { ...clerk, role: 'petugas_verifikasi' };
const register = openBareRegister(folder, Buffer.from(order.key, 'hex'));
for (let n = order.from; ; n += 1) {
  const caseId = registered(3 * n);
  takeSteps(caseId, wayToLegalise.slice(0, 3));
  visitFamily(register, verifier, caseId, (sheetId) => tell('visit', sheetId));
  takeSteps(caseId, wayToLegalise.slice(5));
  tell('legalised', caseId);
  merge(registered(3 * n + 1), registered(3 * n + 2));
}

/** A family comes to the counter. */
function registered(n: number): string {
  const draft = createDraft(register, clerk, 'aktif');
  tell('draft', draft.id);
  const body = draftOfHousehold(syntheticFamily(1 + (n % 899)), null);
  const { version } = saveDraft(register, clerk, { draftId: draft.id, version: draft.version, body });
  tell('draft', draft.id);
  const { caseId } = registerDraft(register, clerk, { draftId: draft.id, version });
  tell('case', caseId);
  return caseId;
}

function takeSteps(caseId: string, way: typeof wayToLegalise): void {
  const met = ['pencocokan_diputuskan'] as const;
  for (const [action, role, reason] of way)
    takeStep(register, { id: null, name: role, role }, { caseId, action, reason, met });
}

/** One goes into the other, whose values stand. */
function merge(keptId: string, otherId: string): void {
  const refOf = (caseId: string) => ({ caseId, version: getCase(register, caseId).version });
  const plan = { choices: {}, same: [], joining: [] };
  mergeCases(register, verifier, {
    kept: refOf(keptId),
    other: refOf(otherId),
    plan,
    reason: 'Satu keluarga',
  });
  tell('merged', otherId);
}

/** Written at once: a line that is read was written after the save it tells of. */
function tell(what: Save['what'], id: string): void {
  writeSync(1, `${JSON.stringify(findSave(register.db, { what, id }))}\n`);
}
