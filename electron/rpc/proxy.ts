import { proxyContract } from '../../shared/contract/proxy.ts';
import { readProxy, setProxy } from '../services/proxy.ts';
import { allowed, router } from './trpc.ts';

export const proxyRouter = router({
  read: allowed('sync:enrol')
    .output(proxyContract.read.output)
    .query(({ ctx }) => readProxy(ctx.register)),

  set: allowed('sync:enrol')
    .input(proxyContract.set.input)
    .output(proxyContract.set.output)
    .mutation(({ ctx, input }) => setProxy(ctx.register, ctx.actor, input)),
});
