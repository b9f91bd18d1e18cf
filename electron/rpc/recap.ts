import { recapContract } from '../../shared/contract/recap.ts';
import { recapOf, recapPeriods } from '../services/recap.ts';
import { allowed, router } from './trpc.ts';

export const recapRouter = router({
  periods: allowed('recap:read')
    .output(recapContract.periods.output)
    .query(({ ctx }) => recapPeriods(ctx.register)),

  read: allowed('recap:read')
    .input(recapContract.read.input)
    .output(recapContract.read.output)
    .query(({ ctx, input }) => recapOf(ctx.register, input.periodId)),
});
