import { randomUUID } from 'node:crypto';
import { RecordResponse } from '../../../shared/provincial/proof.ts';
import type { CaseLegalisedBody } from '../../../shared/provincial/record.ts';
import { hashOf, legalised } from '../testing.ts';
import { type Check, fail, type Trial } from './trial.ts';

/** What offices of different ages say of a visit: all of it is taken, and kept as it was signed. */
export function visitChecks(trial: Trial): Check[] {
  return [
    {
      name: 'kunjungan beberapa keluarga, nomor berkas ganda, dan perbaikan di lapangan disimpan utuh',
      run: async () => {
        await keeps(trial, ({ visit, members }) => {
          const [first] = members;
          Object.assign(visit ?? {}, {
            duplicateOf: 'MPM-31.71.01.1001-000017',
            families: { 1: { jml_art: '2' }, 2: { jml_art: '1' } },
            corrections: {
              fields: { 'address.rt': '7', [`members.${first?.id}.name`]: 'SITI' },
              found: [],
              notFound: [],
            },
          });
        });
      },
    },
    {
      name: 'kunjungan dari kantor yang lebih lama atau lebih baru disimpan utuh',
      run: async () => {
        await keeps(trial, (body) => Object.assign(body, { visit: null, sheet: null }));
        await keeps(trial, ({ visit }) =>
          Object.assign(visit ?? {}, {
            masaDepan: [{ nilai: 1 }],
            corrections: { fields: {}, found: [randomUUID()], notFound: [], masaDepan: 'x' },
          }),
        );
      },
    },
  ];
}

/** A case with this in it is accepted, and read back with every field. */
async function keeps(trial: Trial, change: (body: CaseLegalisedBody) => void): Promise<void> {
  const record = legalised({
    body: (body) => {
      Object.assign(body.household.address, { kelurahan: trial.subject.area });
      change(body);
    },
  });
  const given = await trial.answer(record);
  if (given.status !== 'accepted') return void fail(`accepted, bukan ${given.status}`);
  const held = RecordResponse.parse(await (await trial.call(`/v1/records/${record.key}`)).json());
  if (hashOf(held.record.body) !== record.hash) fail('catatan yang sama, isian demi isian');
}
