import type { Register } from '../../electron/services/register.ts';
import { randomFillSync } from 'node:crypto';
import { PNG } from 'pngjs';
import { v7 as uuid } from 'uuid';
import { DraftHousehold } from '../../shared/domain/draft.ts';
import type { Client, TestOffice } from './office.ts';
import { kelurahan } from './area.ts';

/** A family that can be registered as it stands; its NIK and KK are made up. */
export function familyDraft(nth = 1): DraftHousehold {
  const serial = String(nth).padStart(4, '0');
  return DraftHousehold.parse({
    address: { street: `Jl. Kebun Jahe ${nth}`, rt: '003', rw: '007', kelurahan },
    phone: '0812 0000 0000',
    families: [{ no: 1, kk: `317101120315${serial}` }],
    members: [
      {
        id: uuid(),
        name: `Siti Aminah ${'ABCDEFGHIJ'[nth % 10]}`,
        nik: `317101570880${serial}`,
        sex: 'P',
        birthDate: '1980-08-17',
        relation: '1',
        familyNo: '1',
        familyRelation: '1',
        motherName: 'Sumiati',
      },
      {
        id: uuid(),
        name: 'Budi Santoso',
        sex: 'L',
        birthDate: '2012-01-05',
        relation: '3',
        familyNo: '1',
        familyRelation: '3',
      },
    ],
  });
}

export function passiveDraft(nth = 1): DraftHousehold {
  return {
    ...familyDraft(nth),
    mode: 'pasif',
    passive: { reason: 'Lansia tunggal', proposer: 'Amat', proposerRole: 'Ketua RT 003', note: '' },
  };
}

/** Types a draft and registers it; returns the case. */
export async function registerFamily(client: Client, body: DraftHousehold = familyDraft()) {
  const draft = await client.intake.create.mutate({ mode: body.mode });
  const { version } = await client.intake.save.mutate({ draftId: draft.id, version: draft.version, body });
  return client.intake.register.mutate({ draftId: draft.id, version });
}

/** A passive registration with its evidence, waiting for the lurah. */
export async function registerPassive(t: TestOffice, nth = 1, nthClerk = 1) {
  const client = await t.as('petugas_loket', nthClerk);
  const draft = await client.intake.create.mutate({ mode: 'pasif' });
  const { version } = await client.intake.save.mutate({
    draftId: draft.id,
    version: draft.version,
    body: passiveDraft(nth),
  });
  await upload(t, await t.tokenOf('petugas_loket', nthClerk), draft.id, png(nth));
  return client.intake.register.mutate({ draftId: draft.id, version });
}

/** The first bytes of a PNG; no two numbers give the same content. */
export function png(nth = 1): Buffer {
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    Buffer.from([0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]),
    Buffer.from(`gambar ${nth}`),
  ]);
}

/** A picture that no compression makes small: four pieces, and a bit. */
export function noisyPicture(): Buffer {
  const picture = new PNG({ width: 520, height: 512 });
  randomFillSync(picture.data);
  return PNG.sync.write(picture);
}

export async function upload(
  t: TestOffice,
  token: string,
  draftId: string,
  content: Buffer,
  name = 'surat.png',
  more: { slot?: string; caseId?: string } = {},
): Promise<Response> {
  const form = new FormData();
  if (more.caseId === undefined) form.set('draftId', draftId);
  else form.set('caseId', more.caseId);
  form.set('slot', more.slot ?? 'bukti');
  form.set('file', new File([new Uint8Array(content)], name));
  return t.office.fetch(
    new Request('http://mutakhir.test/files/attachment', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: form,
    }),
  );
}

export async function problemCode(response: Response): Promise<string> {
  const body: unknown = await response.json();
  const problem = typeof body === 'object' && body !== null && 'problem' in body ? body.problem : null;
  return typeof problem === 'object' && problem !== null && 'code' in problem
    ? String(problem.code)
    : 'no problem';
}

export function printReceipt(t: TestOffice, token: string, caseId: string): Promise<Response> {
  return t.office.fetch(
    new Request('http://mutakhir.test/files/document', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'tanda_terima', input: { caseId } }),
    }),
  );
}

/** As on a damaged disk: no kept file can be read while the work runs. */
export async function withFilesLost({ db }: Pick<Register, 'db'>, work: () => Promise<void>): Promise<void> {
  db.exec(
    `PRAGMA foreign_keys = OFF; CREATE TEMP TABLE lost AS SELECT * FROM attachment; DELETE FROM attachment`,
  );
  await work();
  db.exec(`INSERT INTO attachment SELECT * FROM lost; DROP TABLE lost; PRAGMA foreign_keys = ON`);
}
