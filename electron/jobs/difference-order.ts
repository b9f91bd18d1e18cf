import { z } from 'zod';
import { Role } from '../../shared/domain/role.ts';
import { Key, ReadOrder } from './reference-order.ts';

const Register = z.object({ register: z.string(), registerKey: Key, at: z.string() });
const Actor = z.object({ id: z.string(), role: Role });

/**
 * What the difference worker may do: compare two lists, look at a file beside a list, or beside a newer
 * one again, take what was accepted in, or throw the file away.
 */
export const DifferenceOrder = z.discriminatedUnion('task', [
  Register.extend({
    task: z.literal('compare'),
    differenceId: z.uuid(),
    baseListId: z.uuid(),
    listId: z.uuid(),
  }),
  Register.extend({
    task: z.literal('stage'),
    differenceId: z.uuid(),
    baseListId: z.uuid(),
    complete: z.boolean(),
    /** Null where the file is said to hold no more than the list it is laid beside. */
    replaces: z.array(z.uuid()).nullable(),
    read: ReadOrder,
    listId: z.uuid(),
    name: z.string(),
    listDate: z.string(),
    fileName: z.string(),
    actor: Actor,
  }),
  Register.extend({
    task: z.literal('again'),
    /** Of the difference that comes, and of the one in whose place it comes. */
    differenceId: z.uuid(),
    insteadOf: z.uuid(),
    baseListId: z.uuid(),
    /** Settled anew. */
    replaces: z.array(z.uuid()).nullable(),
  }),
  Register.extend({ task: z.literal('discard'), listId: z.uuid() }),
  Register.extend({ task: z.literal('accept'), differenceId: z.uuid(), listId: z.uuid(), actor: Actor }),
]);
export type DifferenceOrder = z.infer<typeof DifferenceOrder>;

export const DifferenceOutcome = z.object({
  differenceId: z.uuid().nullable(),
  list: z.object({ id: z.uuid(), name: z.string(), version: z.number() }).nullable(),
});
export type DifferenceOutcome = z.infer<typeof DifferenceOutcome>;
