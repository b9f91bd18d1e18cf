import { expect, it } from 'vitest';
import { z } from 'zod';
import { appRouter } from './router.ts';
import { atOnce } from './trpc.ts';

it('an answer that is looked over at once keeps what its contract names, and no other leaves', () => {
  const look = atOnce(z.object({ name: z.string(), note: z.string().nullable().default(null) }));
  expect(look({ name: 'Ani', secret: 'x' })).toEqual({ name: 'Ani', note: null });
  expect(() => look({ name: 1 })).toThrow(z.ZodError);
});

it.each(['identification.proposal', 'duplicates.hint'])('the answer of %s is looked over at once', (path) => {
  const procedure = Object.entries(appRouter._def.procedures).find(([name]) => name === path)?.[1];
  expect(Reflect.get(Reflect.get(procedure ?? {}, '_def'), 'output')).toBeTypeOf('function');
});
