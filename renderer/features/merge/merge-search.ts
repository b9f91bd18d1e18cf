import { z } from 'zod';

/** Which case goes into the one of the address; ids name nobody. */
export const MergeSearch = z.object({ other: z.uuid().optional().catch(undefined) });
