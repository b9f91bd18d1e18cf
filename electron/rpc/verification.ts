import { verificationContract } from '../../shared/contract/verification.ts';
import {
  findNumberedCase,
  finishVisit,
  openSheet,
  saveVisit,
  verificationOptions,
  workOf,
} from '../services/verification.ts';
import { keepAmendment, proposeVisitCorrection } from '../services/visit-amendment.ts';
import { startSheets } from '../services/verification-print.ts';
import { allowed, router } from './trpc.ts';

export const verificationRouter = router({
  work: allowed('verification:enter', { masked: true })
    .input(verificationContract.work.input)
    .output(verificationContract.work.output)
    .query(({ ctx, input }) => workOf(ctx.register, input)),

  options: allowed('verification:enter')
    .output(verificationContract.options.output)
    .query(({ ctx }) => verificationOptions(ctx.register)),

  openSheet: allowed('verification:enter')
    .input(verificationContract.openSheet.input)
    .output(verificationContract.openSheet.output)
    .query(({ ctx, input }) => openSheet(ctx.register, input.code, ctx.actor.id)),

  startPrint: allowed('verification:print')
    .input(verificationContract.startPrint.input)
    .output(verificationContract.startPrint.output)
    .mutation(({ ctx, input }) => startSheets(ctx.register, ctx.actor, input)),

  save: allowed('verification:enter')
    .input(verificationContract.save.input)
    .output(verificationContract.save.output)
    .mutation(({ ctx, input }) => saveVisit(ctx.register, ctx.actor, input)),

  findCase: allowed('verification:enter', { masked: true })
    .input(verificationContract.findCase.input)
    .output(verificationContract.findCase.output)
    .query(({ ctx, input }) => findNumberedCase(ctx.register, input.number)),

  keepAmendment: allowed('correction:propose')
    .input(verificationContract.keepAmendment.input)
    .output(verificationContract.keepAmendment.output)
    .mutation(({ ctx, input }) => keepAmendment(ctx.register, ctx.actor, input)),

  proposeCorrection: allowed('correction:propose')
    .input(verificationContract.proposeCorrection.input)
    .output(verificationContract.proposeCorrection.output)
    .mutation(({ ctx, input }) => proposeVisitCorrection(ctx.register, ctx.actor, input)),

  finish: allowed('verification:enter')
    .input(verificationContract.finish.input)
    .output(verificationContract.finish.output)
    .mutation(({ ctx, input }) => finishVisit(ctx.register, ctx.actor, input)),
});
