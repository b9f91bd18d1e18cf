import { documentsContract } from '../../shared/contract/documents.ts';
import { archiveOf, letterNumberOf, lettersOf } from '../services/documents.ts';
import { allowed, router } from './trpc.ts';

export const documentsRouter = router({
  archive: allowed('document:read')
    .input(documentsContract.archive.input)
    .output(documentsContract.archive.output)
    .query(({ ctx, input }) => archiveOf(ctx.register, input.periodId)),

  letterNumber: allowed('document:read')
    .input(documentsContract.letterNumber.input)
    .output(documentsContract.letterNumber.output)
    .query(({ ctx, input }) => letterNumberOf(ctx.register, input)),

  letters: allowed('document:read')
    .input(documentsContract.letters.input)
    .output(documentsContract.letters.output)
    .query(({ ctx, input }) => lettersOf(ctx.register, input.year)),
});
