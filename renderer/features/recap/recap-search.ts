import { z } from 'zod';
import { Period } from '../../../shared/domain/period.ts';

/** The period as it stands in the address; without it the one that runs. */
export const RecapSearch = z.object({ periodId: Period.shape.id.optional().catch(undefined) });
export type RecapSearch = z.infer<typeof RecapSearch>;
