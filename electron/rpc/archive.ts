import { documentsContract } from '../../shared/contract/documents.ts';
import { archiveOf, lettersOf } from '../services/documents.ts';
import { allowed, router } from './trpc.ts';

export const documentsRouter = router({
  archive: allowed('document:read')
    .input(documentsContract.archive.input)
    .output(documentsContract.archive.output)
    .query(({ ctx, input }) => archiveOf(ctx.register, input.periodId)),

  letters: allowed('document:read')
    .input(documentsContract.letters.input)
    .output(documentsContract.letters.output)
    .query(({ ctx, input }) => lettersOf(ctx.register, input.year)),
});
