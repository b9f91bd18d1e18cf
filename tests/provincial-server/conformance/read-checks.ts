import { randomUUID } from 'node:crypto';
import { FamilyDetail, FamilyPage, RecapAnswer } from '../../../shared/provincial/read.ts';
import type { PushRecord } from '../../../shared/provincial/record.ts';
import { type RecordAnswer, Receipt, signatureType, wireVersion } from '../../../shared/provincial/wire.ts';
import { consent } from '../testing.ts';
import { type Check, fail, refused, status, type Trial } from './trial.ts';

/** What websites of the province read; the office's own credential opens none of it. */
export function readChecks(trial: Trial): Check[] {
  const { area, readToken } = trial.subject;
  const stranger: Check = {
    name: 'baca: kredensial kantor dan token yang tidak dikenal tidak membuka apa pun',
    run: async () => {
      for (const token of [trial.enrolled().credential, `${randomUUID()}.${'A'.repeat(43)}`]) {
        await refused(recap(trial, token), 401, 'token_unknown');
        await refused(search(trial, token, null), 401, 'token_unknown');
        await refused(family(trial, token, randomUUID()), 401, 'token_unknown');
      }
    },
  };
  return [
    stranger,
    {
      name: 'baca: keluarga yang diterima ada di rekap, di hasil pencarian, dan dapat dibuka',
      run: async () => {
        if (readToken === null) return 'tanpa --read-token';
        const { caseId } = await trial.begun();
        const { lines } = RecapAnswer.parse(await (await recap(trial, readToken)).json());
        if (!lines.some(({ kelurahan }) => kelurahan === area)) fail('baris kelurahan itu');
        if (!(await isListed(trial, readToken, caseId))) fail('keluarga itu di salah satu halaman');
        const detail = FamilyDetail.parse(await (await family(trial, readToken, caseId)).json());
        if (detail.caseId !== caseId || detail.members.length === 0) fail('keluarga dengan anggotanya');
        return await refused(family(trial, readToken, randomUUID()), 404, 'family_unknown');
      },
    },
    {
      name: 'baca: keluarga yang menolak ditampilkan tidak tampil, dan tampil lagi bila setuju',
      run: async () => {
        if (readToken === null) return 'tanpa --read-token';
        const { caseId } = await trial.begun();
        if (!(await isListed(trial, readToken, caseId))) fail('keluarga itu di salah satu halaman');
        const shown = async (): Promise<void> => {
          const answer = await family(trial, readToken, caseId);
          if (answer.status !== 200) fail(`keluarga itu dapat dibuka, bukan ${answer.status}`);
        };
        await shown();
        await accepted(trial, consent(caseId, 'refused'));
        if (await isListed(trial, readToken, caseId)) fail('keluarga yang menolak tidak di halaman mana pun');
        await refused(family(trial, readToken, caseId), 404, 'family_unknown');
        await accepted(trial, consent(caseId, 'given', { version: 2 }));
        await shown();
        if (!(await isListed(trial, readToken, caseId))) fail('keluarga itu tampil lagi');
      },
    },
    {
      name: 'persetujuan keluarga diterima sebelum berkasnya, dan berlaku begitu berkasnya diterima',
      run: async () => {
        const { caseId, ...rest } = trial.inArea();
        const word = consent(caseId, 'refused');
        const { receipt } = await accepted(trial, word);
        const told = await trial.open(receipt, signatureType.receipt, Receipt);
        if (told.hash !== word.hash || told.caseId !== caseId || told.version !== 1)
          fail('tanda terima untuk kabar ini');
        status(await trial.answer({ caseId, ...rest }), 'accepted');
        if (readToken !== null) await refused(family(trial, readToken, caseId), 404, 'family_unknown');
      },
    },
  ];
}

async function accepted(
  trial: Trial,
  record: PushRecord,
): Promise<Extract<RecordAnswer, { status: 'accepted' }>> {
  const given = await trial.answer(record);
  return given.status === 'accepted' ? given : fail(`accepted, bukan ${given.status}`);
}

async function isListed(trial: Trial, token: string, caseId: string): Promise<boolean> {
  for (let cursor: string | null = null; ;) {
    const page: FamilyPage = FamilyPage.parse(await (await search(trial, token, cursor)).json());
    if (page.families.some((line) => line.caseId === caseId)) return true;
    if (page.next === null) return false;
    cursor = page.next;
  }
}

async function recap({ subject, call }: Trial, token: string): Promise<Response> {
  return await call(`/v1/read/recap?area=${subject.area}`, { headers: bearer(token) });
}

async function search({ subject, call }: Trial, token: string, cursor: string | null): Promise<Response> {
  return await call('/v1/read/families', {
    method: 'POST',
    headers: { ...bearer(token), 'content-type': 'application/json' },
    body: JSON.stringify({ wire: wireVersion, kelurahan: subject.area, cursor }),
  });
}

async function family({ call }: Trial, token: string, caseId: string): Promise<Response> {
  return await call(`/v1/read/families/${caseId}`, { headers: bearer(token) });
}

function bearer(token: string): { authorization: string } {
  return { authorization: `Bearer ${token}` };
}
