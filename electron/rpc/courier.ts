import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { courierContract, CourierOutcome, courierLimit } from '../../shared/contract/courier.ts';
import { AppError } from '../../shared/errors.ts';
import { courierView, makeCourier, readCourier } from '../services/courier.ts';
import { authorise } from './authorise.ts';
import { type OfficeHost, tokenOf } from './context.ts';
import { allowed, router } from './trpc.ts';

export const courierRouter = router({
  view: allowed('sync:read', { polled: true })
    .output(courierContract.view.output)
    .query(({ ctx }) => courierView(ctx.register)),
});

/** `POST /files/courier` hands a new bundle out; `POST /files/courier/answer` takes the answer in. */
export function mountCourier(app: Hono, host: OfficeHost): void {
  app.post('/courier', async (context) => {
    const token = tokenOf(context.req.raw.headers);
    const { register, actor } = authorise({ host, token }, 'courier:carry', false);
    const { content, fileName } = await makeCourier(register, actor);
    context.header('content-disposition', `attachment; filename="${fileName}"`);
    return context.body(content, 200, { 'content-type': 'application/jose' });
  });

  const limit = bodyLimit({
    maxSize: courierLimit,
    onError: () => {
      const size = `${courierLimit / 1_048_576} MB`;
      throw new AppError('file_too_large', { size: `lebih dari ${size}`, limit: size });
    },
  });
  app.post('/courier/answer', limit, async (context) => {
    const token = tokenOf(context.req.raw.headers);
    const { register, actor } = authorise({ host, token }, 'courier:carry', false);
    const outcome = await readCourier(register, actor, await context.req.text());
    return context.json(CourierOutcome.parse(outcome));
  });
}
