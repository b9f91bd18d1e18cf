import { z } from 'zod';
import { SheetState } from '../../../shared/contract/verification.ts';

/** The part of the ledger as it stands in the address; all of it where none is named. */
export const LedgerSearch = z.object({ state: SheetState.optional().catch(undefined) });
export type LedgerSearch = z.infer<typeof LedgerSearch>;
