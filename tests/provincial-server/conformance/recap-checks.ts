import { RecapReceipt, RecapResponse } from '../../../shared/provincial/recap.ts';
import { signatureHeader, signatureType, wireVersion } from '../../../shared/provincial/wire.ts';
import { detached, hashOf } from '../testing.ts';
import { type Check, fail, refused, type Trial } from './trial.ts';

export function recapChecks(trial: Trial): Check[] {
  return [
    {
      name: 'rekap periode yang ditutup mendapat tanda terima yang sama; isi lain untuk periode itu ditolak',
      run: async () => {
        // A period that no office has worked in.
        const recap = {
          periodId: '2001-05',
          closedAt: '2001-06-01T01:00:00.000Z',
          cells: [],
          carried: 0,
          carriedTo: '2001-11',
        };
        const receipts: string[] = [];
        for (let sent = 0; sent < 2; sent += 1) {
          const response = await push(trial, recap);
          if (response.status !== 200) fail(`status 200, bukan ${response.status}`);
          receipts.push(RecapResponse.parse(await response.json()).receipt);
        }
        const [first = '', second] = receipts;
        if (first !== second) fail('tanda terima yang sama');
        const receipt = await trial.open(first, signatureType.recap, RecapReceipt);
        if (receipt.officeId !== trial.enrolled().id || receipt.hash !== hashOf(recap))
          fail('tanda terima yang menyebut kantor dan sidik rekap');
        await refused(push(trial, { ...recap, carried: 1 }), 409, 'recap_differs');
      },
    },
  ];
}

async function push(trial: Trial, recap: Record<string, unknown>): Promise<Response> {
  const { id, privateKey } = trial.enrolled();
  const body = JSON.stringify({ wire: wireVersion, officeId: id, hash: hashOf(recap), recap });
  return await trial.call('/v1/recaps', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      [signatureHeader]: await detached(privateKey, body, signatureType.recap),
    },
    body,
  });
}
