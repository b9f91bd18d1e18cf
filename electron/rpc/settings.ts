import { settingsContract } from '../../shared/contract/settings.ts';
import { changeSettings, currentSettings } from '../services/settings.ts';
import { allowed, router } from './trpc.ts';

export const settingsRouter = router({
  read: allowed('settings:read')
    .output(settingsContract.read.output)
    .query(({ ctx }) => currentSettings(ctx.register)),

  update: allowed('settings:write')
    .input(settingsContract.update.input)
    .output(settingsContract.update.output)
    .mutation(({ ctx, input }) => changeSettings(ctx.register, ctx.actor, input)),
});
