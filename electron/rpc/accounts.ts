import { accountsContract } from '../../shared/contract/accounts.ts';
import {
  allAccounts,
  changeAccount,
  createAccount,
  resetPassword,
  setAccountActive,
} from '../services/accounts.ts';
import { allowed, router } from './trpc.ts';

export const accountsRouter = router({
  list: allowed('accounts:manage')
    .output(accountsContract.list.output)
    .query(({ ctx }) => allAccounts(ctx.register)),

  create: allowed('accounts:manage')
    .input(accountsContract.create.input)
    .output(accountsContract.create.output)
    .mutation(({ ctx, input }) => createAccount(ctx.register, ctx.actor, input)),

  update: allowed('accounts:manage')
    .input(accountsContract.update.input)
    .output(accountsContract.update.output)
    .mutation(({ ctx, input }) => changeAccount(ctx.register, ctx.actor, input)),

  setActive: allowed('accounts:manage')
    .input(accountsContract.setActive.input)
    .output(accountsContract.setActive.output)
    .mutation(({ ctx, input }) => setAccountActive(ctx.register, ctx.actor, input)),

  resetPassword: allowed('accounts:manage')
    .input(accountsContract.resetPassword.input)
    .output(accountsContract.resetPassword.output)
    .mutation(({ ctx, input }) => resetPassword(ctx.register, ctx.actor, input)),
});
