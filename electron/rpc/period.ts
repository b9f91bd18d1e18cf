import { periodContract } from '../../shared/contract/period.ts';
import { correctionsOf, decideOnCorrection, proposeCorrection } from '../services/corrections.ts';
import { closePeriod, closingPlan, listPeriods, setDeadlines } from '../services/periods.ts';
import { allowed, router } from './trpc.ts';

export const periodRouter = router({
  list: allowed('period:read')
    .output(periodContract.list.output)
    .query(({ ctx }) => listPeriods(ctx.register)),

  setDeadlines: allowed('period:plan')
    .input(periodContract.setDeadlines.input)
    .output(periodContract.setDeadlines.output)
    .mutation(({ ctx, input }) => setDeadlines(ctx.register, ctx.actor, input)),

  closingPlan: allowed('period:read')
    .input(periodContract.closingPlan.input)
    .output(periodContract.closingPlan.output)
    .query(({ ctx, input }) => closingPlan(ctx.register, input.periodId)),

  close: allowed('period:close')
    .input(periodContract.close.input)
    .output(periodContract.close.output)
    .mutation(({ ctx, input }) => closePeriod(ctx.register, ctx.actor, input.periodId)),

  corrections: allowed('case:read', { masked: true })
    .input(periodContract.corrections.input)
    .output(periodContract.corrections.output)
    .query(({ ctx, input }) => correctionsOf(ctx.register, ctx.actor, input.caseId)),

  propose: allowed('correction:propose')
    .input(periodContract.propose.input)
    .output(periodContract.propose.output)
    .mutation(({ ctx, input }) => proposeCorrection(ctx.register, ctx.actor, input)),

  decide: allowed('correction:decide')
    .input(periodContract.decide.input)
    .output(periodContract.decide.output)
    .mutation(({ ctx, input }) => decideOnCorrection(ctx.register, ctx.actor, input)),
});
