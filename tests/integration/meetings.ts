import { draftOfHousehold } from '../../shared/domain/draft.ts';
import type { MuskelVerdict } from '../../shared/domain/muskel.ts';
import { syntheticFamily } from './families.ts';
import { registerFamily } from './households.ts';
import type { TestOffice } from './office.ts';

const blank = { reason: null, capable: null, twin: '', note: '' };
export const poor: MuskelVerdict = { ...blank, status: '1', capable: '2' };
export const capable: MuskelVerdict = { ...blank, status: '1', capable: '1' };
export const gone: MuskelVerdict = { ...blank, status: '2', reason: '1' };
export const twin: MuskelVerdict = { ...blank, status: '3', twin: '000002' };

export const facts = {
  heldOn: '2026-11-10',
  startsAt: '09.00',
  endsAt: '11.30',
  place: 'Aula kelurahan',
  areas: [{ rw: 1, rt: null }],
};

/** Registers family `n` in RT `n` of the RW and takes it to the target list. */
export async function onTargetList(t: TestOffice, n: number, rw: number): Promise<string> {
  const verifier = await t.as('petugas_verifikasi');
  const { caseId } = await registerFamily(
    await t.as('petugas_loket'),
    draftOfHousehold(syntheticFamily(n, n, rw), null),
  );
  const { version } = (await verifier.cases.get.query({ caseId })).case;
  await verifier.identification.decide.mutate({
    caseId,
    version,
    pairs: [],
    result: 'baru',
    overrideReason: 'Belum ada daftar acuan',
  });
  await verifier.cases.takeStep.mutate({ caseId, action: 'masukkan_daftar_sasaran', reason: null, version });
  return caseId;
}
