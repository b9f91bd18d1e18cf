import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { attachmentLimit, attachmentsContract, AttachmentSlot } from '../../shared/contract/attachments.ts';
import { AppError } from '../../shared/errors.ts';
import {
  attachToCase,
  attachToDraft,
  detachFromDraft,
  mendAttachment,
  openAttachment,
} from '../services/attachments.ts';
import { authorise } from './authorise.ts';
import { type OfficeHost, tokenOf } from './context.ts';
import { allowed, router } from './trpc.ts';

export const attachmentsRouter = router({
  detach: allowed('intake:write')
    .input(attachmentsContract.detach.input)
    .mutation(({ ctx, input }) => detachFromDraft(ctx.register, input.attachmentId)),
});

/** What every file comes with. */
const fileFields = { slot: AttachmentSlot, file: z.instanceof(File) };
const Upload = z.union([
  z.object({ draftId: z.uuid(), ...fileFields }),
  z.object({ caseId: z.uuid(), ...fileFields }),
]);

/** What the form around the file may weigh. */
const envelope = 64 * 1024;

const Again = z.object({ caseId: z.uuid(), file: z.instanceof(File) });

/**
 * `POST /files/attachment` takes a file in, as a form, and `POST /files/attachment/again` one that is damaged here;
 * `POST /files/attachment/content` shows it.
 */
export function mountAttachments(app: Hono, host: OfficeHost): void {
  const limit = bodyLimit({
    maxSize: attachmentLimit + envelope,
    onError: () => {
      const size = `${attachmentLimit / 1_048_576} MB`;
      throw new AppError('file_too_large', { size: `lebih dari ${size}`, limit: size });
    },
  });

  app.post('/attachment', limit, async (context) => {
    const { register, actor } = authorise(
      { host, token: tokenOf(context.req.raw.headers) },
      'intake:write',
      false,
    );
    const upload = Upload.parse(await context.req.parseBody());
    const { slot, file } = upload;
    const taken = { slot, name: file.name, content: Buffer.from(await file.arrayBuffer()) };
    return context.json(
      'caseId' in upload
        ? attachToCase(register, actor, { ...taken, caseId: upload.caseId })
        : attachToDraft(register, actor, { ...taken, draftId: upload.draftId }),
    );
  });

  app.post('/attachment/again', limit, async (context) => {
    const { register, actor } = authorise(
      { host, token: tokenOf(context.req.raw.headers) },
      'intake:write',
      false,
    );
    const { caseId, file } = Again.parse(await context.req.parseBody());
    mendAttachment(register, actor, { caseId, content: Buffer.from(await file.arrayBuffer()) });
    return context.json({});
  });

  app.post('/attachment/content', async (context) => {
    const { register, actor } = authorise(
      { host, token: tokenOf(context.req.raw.headers) },
      'case:read',
      false,
    );
    const { attachmentId } = z.object({ attachmentId: z.uuid() }).parse(await context.req.json());
    const { mediaType, content } = openAttachment(register, actor, attachmentId);
    return context.body(new Uint8Array(content), 200, {
      'content-type': mediaType,
      'x-content-type-options': 'nosniff',
    });
  });
}
