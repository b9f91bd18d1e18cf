import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import {
  courierContract,
  CourierEnrolment,
  CourierOutcome,
  courierLimit,
  enrolmentLimit,
} from '../../shared/contract/courier.ts';
import { SyncStatus } from '../../shared/contract/sync.ts';
import { AppError } from '../../shared/errors.ts';
import { courierView, makeCourier, readCourier } from '../services/courier.ts';
import { askByCourier, enrolmentWaiting, readEnrolmentAnswer } from '../services/courier-enrolment.ts';
import { authorise } from './authorise.ts';
import { type OfficeHost, tokenOf } from './context.ts';
import { allowed, router } from './trpc.ts';

export const courierRouter = router({
  view: allowed('sync:read', { polled: true })
    .output(courierContract.view.output)
    .query(({ ctx }) => courierView(ctx.register)),

  enrolment: allowed('sync:enrol')
    .output(courierContract.enrolment.output)
    .query(({ ctx }) => enrolmentWaiting(ctx.register)),
});

/**
 * `POST /files/courier` hands a new bundle out; `POST /files/courier/answer` takes the answer in. Under
 * `/files/courier/enrolment` an office without a line does so with its enrolment.
 */
export function mountCourier(app: Hono, host: OfficeHost): void {
  app.post('/courier', async (context) => {
    const token = tokenOf(context.req.raw.headers);
    const { register, actor } = authorise({ host, token }, 'courier:carry', false);
    const { content, fileName } = await makeCourier(register, actor);
    context.header('content-disposition', `attachment; filename="${fileName}"`);
    return context.body(content, 200, { 'content-type': 'application/jose' });
  });

  app.post('/courier/answer', atMost(courierLimit), async (context) => {
    const token = tokenOf(context.req.raw.headers);
    const { register, actor } = authorise({ host, token }, 'courier:carry', false);
    const outcome = await readCourier(register, actor, await context.req.text());
    return context.json(CourierOutcome.parse(outcome));
  });
  app.post('/courier/enrolment', async (context) => {
    const token = tokenOf(context.req.raw.headers);
    const { register, actor } = authorise({ host, token }, 'sync:enrol', false);
    const asked = CourierEnrolment.parse(await context.req.json());
    const { content, fileName } = await askByCourier(register, actor, asked);
    context.header('content-disposition', `attachment; filename="${fileName}"`);
    return context.body(content, 200, { 'content-type': 'application/jose' });
  });

  app.post('/courier/enrolment/answer', atMost(enrolmentLimit), async (context) => {
    const token = tokenOf(context.req.raw.headers);
    const { register, actor } = authorise({ host, token }, 'sync:enrol', false);
    const status = await readEnrolmentAnswer(register, actor, await context.req.text());
    return context.json(SyncStatus.parse(status));
  });
}

function atMost(bytes: number) {
  return bodyLimit({
    maxSize: bytes,
    onError: () => {
      const size = `${bytes / 1_048_576} MB`;
      throw new AppError('file_too_large', { size: `lebih dari ${size}`, limit: size });
    },
  });
}
