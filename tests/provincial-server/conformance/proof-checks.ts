import { createHash, randomUUID } from 'node:crypto';
import {
  hashBranch,
  hashRoot,
  ProofLeaves,
  ProofResponse,
  ProofSummary,
  RecordResponse,
} from '../../../shared/provincial/proof.ts';
import { signatureType } from '../../../shared/provincial/wire.ts';
import { corrected, hashOf } from '../testing.ts';
import { type Check, fail, refused, status, type Trial } from './trial.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export function proofChecks(trial: Trial): Check[] {
  return [
    {
      name: 'bukti per RW sesuai dengan catatan terbaru setiap berkas, dan menyebut nonce penanya',
      run: async () => {
        const file = {
          hash: sha256(randomUUID()),
          mediaType: 'image/jpeg',
          size: 9,
          slot: 'bukti',
        };
        const first = trial.inArea({}, [file]);
        status(await trial.answer(first), 'accepted');
        const mended = corrected(first, [['household.address.rw', 987]]);
        status(await trial.answer(mended), 'accepted');
        const nonce = randomUUID();
        const asked = await trial.call(`/v1/proof?nonce=${nonce}`);
        const summary = await trial.open(
          ProofResponse.parse(await asked.json()).proof,
          signatureType.proof,
          ProofSummary,
        );
        if (summary.nonce !== nonce || summary.officeId !== trial.enrolled().id)
          fail('nonce dan kantor penanya');
        if (summary.root !== hashRoot(summary.branches, sha256)) fail('root dari cabang-cabangnya');
        if (summary.missingFiles?.includes(file.hash) !== true) fail('lampiran yang belum utuh disebut');
        const detail = await trial.call(`/v1/proof/${trial.subject.area}/987?nonce=${nonce}`);
        const { leaves } = await trial.open(
          ProofResponse.parse(await detail.json()).proof,
          signatureType.proofLeaves,
          ProofLeaves,
        );
        const leaf = leaves.find(({ caseId }) => caseId === mended.caseId);
        if (leaf?.key !== mended.key || leaf.hash !== mended.hash) fail('daun dari catatan terbaru');
        const branch = summary.branches.find(({ rw }) => rw === 987);
        if (branch?.hash !== hashBranch({ kelurahan: trial.subject.area, rw: 987 }, leaves, sha256))
          fail('sidik RW dari daun-daunnya');
      },
    },
    {
      name: 'catatan yang diterima dapat dibaca kembali dengan tanda terima yang sama',
      run: async () => {
        const record = trial.inArea();
        const given = await trial.answer(record);
        if (given.status !== 'accepted') return void fail(`accepted, bukan ${given.status}`);
        const again = RecordResponse.parse(await (await trial.call(`/v1/records/${record.key}`)).json());
        if (again.receipt !== given.receipt || hashOf(again.record.body) !== record.hash)
          fail('catatan dan tanda terimanya');
        await refused(trial.call(`/v1/records/${randomUUID()}`), 404, 'record_unknown');
      },
    },
  ];
}
