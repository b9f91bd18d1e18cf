import { randomUUID } from 'node:crypto';
import { FamilyDetail, FamilyPage, RecapAnswer } from '../../../shared/provincial/read.ts';
import { wireVersion } from '../../../shared/provincial/wire.ts';
import { type Check, fail, refused, type Trial } from './trial.ts';

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
        let cursor: string | null = null;
        let found = false;
        do {
          const page: FamilyPage = FamilyPage.parse(await (await search(trial, readToken, cursor)).json());
          found ||= page.families.some((line) => line.caseId === caseId);
          cursor = page.next;
        } while (cursor !== null && !found);
        if (!found) fail('keluarga itu di salah satu halaman');
        const detail = FamilyDetail.parse(await (await family(trial, readToken, caseId)).json());
        if (detail.caseId !== caseId || detail.members.length === 0) fail('keluarga dengan anggotanya');
        return await refused(family(trial, readToken, randomUUID()), 404, 'family_unknown');
      },
    },
  ];
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
