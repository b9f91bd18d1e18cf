import { z } from 'zod';
import { Period } from '../../shared/domain/period.ts';
import { RecapCell } from '../../shared/domain/recap.ts';
import { definePaper, PaperBase, SignerFacts } from './paper-kind.ts';
import { printRecap } from './recap.ts';

const KeptRecap = PaperBase.extend({
  period: Period,
  cells: z.array(RecapCell),
  kelurahan: z.record(z.string(), z.string()),
  preparedBy: SignerFacts,
  head: SignerFacts,
});

/** The recap as it is kept in the archive. */
export const rekapitulasi = definePaper('rekapitulasi', KeptRecap, ({ kelurahan, ...recap }, frame, fonts) =>
  printRecap({ ...recap, kelurahan: new Map(Object.entries(kelurahan)), frame }, fonts),
);
