import { z } from 'zod';

/** What `register-child.ts` is told. */
export const ChildOrder = z.object({ key: z.string(), accountId: z.string(), from: z.number() });
export type ChildOrder = z.infer<typeof ChildOrder>;

/** A save of which the program said that it is done. */
export const Save = z.discriminatedUnion('what', [
  z.object({ what: z.literal('draft'), id: z.string(), version: z.number() }),
  z.object({ what: z.literal('case'), id: z.string() }),
  z.object({ what: z.literal('legalised'), id: z.string() }),
]);
export type Save = z.infer<typeof Save>;
