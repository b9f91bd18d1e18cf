import { sessionContract } from '../../shared/contract/session.ts';
import { changeOwnPassword, describeSession } from '../services/session.ts';
import { allowed, publicProcedure, router } from './trpc.ts';

export const sessionRouter = router({
  status: publicProcedure.output(sessionContract.status.output).query(({ ctx }) => ctx.host.status()),

  login: publicProcedure
    .input(sessionContract.login.input)
    .output(sessionContract.login.output)
    .mutation(async ({ ctx, input }) => {
      const { session, register } = await ctx.host.login(input);
      return { token: session.token, session: describeSession(register, session) };
    }),

  current: allowed('session:own', { polled: true })
    .output(sessionContract.current.output)
    .query(({ ctx }) => describeSession(ctx.register, ctx.session)),

  logout: allowed('session:own').mutation(({ ctx }) => {
    ctx.register.sessions.end(ctx.session.token);
  }),

  changePassword: allowed('session:own')
    .input(sessionContract.changePassword.input)
    .output(sessionContract.changePassword.output)
    .mutation(async ({ ctx, input }) => {
      const session = await changeOwnPassword(ctx.register, ctx.session, input);
      return { token: session.token, session: describeSession(ctx.register, session) };
    }),

  recover: publicProcedure
    .input(sessionContract.recover.input)
    .output(sessionContract.recover.output)
    .mutation(async ({ ctx, input }) => {
      const { session, register } = await ctx.host.recover(input);
      return { token: session.token, session: describeSession(register, session) };
    }),

  enterTraining: publicProcedure
    .output(sessionContract.enterTraining.output)
    .mutation(({ ctx }) => ctx.host.enterTraining()),
  leaveTraining: publicProcedure
    .output(sessionContract.leaveTraining.output)
    .mutation(({ ctx }) => ctx.host.leaveTraining()),
});
