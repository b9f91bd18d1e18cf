import { z } from 'zod';
import { WorkStage } from '../../../shared/contract/verification.ts';

/** The part of the work list as it stands in the address. */
export const WorkSearch = z.object({ stage: WorkStage.optional().catch(undefined) });
export type WorkSearch = z.infer<typeof WorkSearch>;

/** How many of a stack are done; a sheet opened without it stands alone. */
export const StackSearch = z.object({ done: z.int().min(0).optional().catch(undefined) });
export type StackSearch = z.infer<typeof StackSearch>;

/** A sheet, and the field at which it opens: where the province found something wrong. */
export const SheetSearch = StackSearch.extend({ field: z.string().max(90).optional().catch(undefined) });
export type SheetSearch = z.infer<typeof SheetSearch>;
