import { z } from 'zod';
import { OutboxPart } from '../../../shared/contract/sync.ts';

/** Which part of the outbox is shown, as it stands in the address; what does not fit shows all. */
export const OutboxSearch = z.object({ part: OutboxPart.optional().catch(undefined) });
export type OutboxSearch = z.infer<typeof OutboxSearch>;
