import { createHash, randomUUID } from 'node:crypto';
import {
  hashBranch,
  hashRoot,
  ProofLeaves,
  ProofResponse,
  ProofSummary,
  RecordResponse,
} from '../../../shared/provincial/proof.ts';
import { writeField } from '../../../shared/provincial/merge.ts';
import { PushRecord } from '../../../shared/provincial/record.ts';
import { signatureType } from '../../../shared/provincial/wire.ts';
import { consent, corrected, hashOf } from '../testing.ts';
import { type Check, fail, refused, status, type Trial } from './trial.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The body of a record with its address in this RW, and the hash of that. */
function placedIn(body: PushRecord['body'], rw: number): Pick<PushRecord, 'body' | 'hash'> {
  const placed = PushRecord.shape.body.parse(writeField(body, 'household.address.rw', rw));
  return { body: placed, hash: hashOf(placed) };
}

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
      name: 'bukti memuat kabar persetujuan terakhir keluarga, di RW berkasnya',
      run: async () => {
        const begun = trial.inArea();
        const record = { ...begun, ...placedIn(begun.body, 986) };
        status(await trial.answer(record), 'accepted');
        const words = [1, 2].map((version) =>
          consent(record.caseId, version === 1 ? 'given' : 'refused', { version }),
        );
        for (const word of words) status(await trial.answer(word), 'accepted');
        const nonce = randomUUID();
        const summary = await trial.open(
          ProofResponse.parse(await (await trial.call(`/v1/proof?nonce=${nonce}`)).json()).proof,
          signatureType.proof,
          ProofSummary,
        );
        const said = summary.words ?? fail('words di ringkasan');
        if (said.root !== hashRoot(said.branches, sha256)) fail('root kabar dari cabang-cabangnya');
        const detail = await trial.call(`/v1/proof/${trial.subject.area}/986?nonce=${nonce}`);
        const { words: leaves = [] } = await trial.open(
          ProofResponse.parse(await detail.json()).proof,
          signatureType.proofLeaves,
          ProofLeaves,
        );
        const leaf = leaves.find(({ caseId }) => caseId === record.caseId);
        if (leaf?.key !== words[1]?.key || leaf?.hash !== words[1]?.hash) fail('daun dari kabar terbaru');
        const branch = said.branches.find(({ rw }) => rw === 986);
        if (branch?.hash !== hashBranch({ kelurahan: trial.subject.area, rw: 986 }, leaves, sha256))
          fail('sidik kabar RW dari daun-daunnya');
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
