import { spotCheckContract } from '../../shared/contract/spot-check.ts';
import { drawChecks, listChecks, readCheck, saveCheck } from '../services/spot-check.ts';
import { allowed, router } from './trpc.ts';

export const spotCheckRouter = router({
  list: allowed('spotcheck:make', { masked: true })
    .output(spotCheckContract.list.output)
    .query(({ ctx }) => listChecks(ctx.register)),

  draw: allowed('spotcheck:make')
    .input(spotCheckContract.draw.input)
    .output(spotCheckContract.draw.output)
    .mutation(({ ctx, input }) => drawChecks(ctx.register, ctx.actor, input)),

  read: allowed('spotcheck:make', { masked: true })
    .input(spotCheckContract.read.input)
    .output(spotCheckContract.read.output)
    .query(({ ctx, input }) => readCheck(ctx.register, input.checkId)),

  save: allowed('spotcheck:make')
    .input(spotCheckContract.save.input)
    .output(spotCheckContract.save.output)
    .mutation(({ ctx, input }) => saveCheck(ctx.register, ctx.actor, input)),
});
