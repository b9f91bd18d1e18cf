import { z } from 'zod';
import { WorkStage } from '../../../shared/contract/verification.ts';

/** The part of the work list as it stands in the address. */
export const WorkSearch = z.object({ stage: WorkStage.optional().catch(undefined) });
export type WorkSearch = z.infer<typeof WorkSearch>;
