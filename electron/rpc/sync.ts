import { syncContract } from '../../shared/contract/sync.ts';
import { enrolOffice } from '../services/enrolment.ts';
import { outboxOfCase, pageOfOutbox, retryItem, retryNow, syncStatus } from '../services/sync.ts';
import { decisionsOfCase, provinceSettings } from '../services/sync-views.ts';
import { allowed, router } from './trpc.ts';

export const syncRouter = router({
  status: allowed('sync:read', { polled: true })
    .output(syncContract.status.output)
    .query(({ ctx }) => syncStatus(ctx.register)),

  list: allowed('sync:read', { polled: true, masked: true })
    .input(syncContract.list.input)
    .output(syncContract.list.output)
    .query(({ ctx, input }) => pageOfOutbox(ctx.register, input.part, input.offset, input.limit)),

  ofCase: allowed('sync:read', { masked: true })
    .input(syncContract.ofCase.input)
    .output(syncContract.ofCase.output)
    .query(({ ctx, input }) => outboxOfCase(ctx.register, input.caseId)),

  settings: allowed('sync:read')
    .output(syncContract.settings.output)
    .query(({ ctx }) => provinceSettings(ctx.register)),

  decisions: allowed('case:read')
    .input(syncContract.decisions.input)
    .output(syncContract.decisions.output)
    .query(({ ctx, input }) => decisionsOfCase(ctx.register, input.caseId)),

  retryItem: allowed('sync:retry')
    .input(syncContract.retryItem.input)
    .output(syncContract.retryItem.output)
    .mutation(({ ctx, input }) => retryItem(ctx.register, input.itemId)),

  retryNow: allowed('sync:retry')
    .output(syncContract.retryNow.output)
    .mutation(({ ctx }) => retryNow(ctx.register)),

  enrol: allowed('sync:enrol')
    .input(syncContract.enrol.input)
    .output(syncContract.enrol.output)
    .mutation(({ ctx, input }) => enrolOffice(ctx.register, ctx.actor, input)),
});
