import { setupContract } from '../../shared/contract/setup.ts';
import { describeSession } from '../services/session.ts';
import { confirmRecoverySheet, renewRecoveryCode, searchOffices } from '../services/setup.ts';
import { allowed, publicProcedure, router } from './trpc.ts';

export const setupRouter = router({
  searchOffices: publicProcedure
    .input(setupContract.searchOffices.input)
    .output(setupContract.searchOffices.output)
    .query(({ ctx, input }) => searchOffices(ctx.host.areas, input.text)),

  areas: publicProcedure.output(setupContract.areas.output).query(({ ctx }) => [...ctx.host.areas.all]),

  create: publicProcedure
    .input(setupContract.create.input)
    .output(setupContract.create.output)
    .mutation(async ({ ctx, input }) => {
      const { session, register, recoveryCode } = await ctx.host.create(input);
      return { token: session.token, session: describeSession(register, session), recoveryCode };
    }),

  confirmRecoverySheet: allowed('recovery:print')
    .input(setupContract.confirmRecoverySheet.input)
    .output(setupContract.confirmRecoverySheet.output)
    .mutation(async ({ ctx, input }) => {
      await confirmRecoverySheet(ctx.register, ctx.actor, input.code);
      return { kept: true } as const;
    }),

  renewRecoveryCode: allowed('recovery:print')
    .output(setupContract.renewRecoveryCode.output)
    .mutation(async ({ ctx }) => ({ recoveryCode: await renewRecoveryCode(ctx.register, ctx.actor) })),
});
