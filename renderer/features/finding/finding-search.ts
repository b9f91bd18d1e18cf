import { z } from 'zod';
import { FindingFilter } from '../../../shared/contract/finding.ts';

/** The filter as it stands in the address. */
export const FindingSearch = z.object({
  kind: FindingFilter.shape.kind.catch(undefined),
  rw: FindingFilter.shape.rw.catch(undefined),
  state: FindingFilter.shape.state.catch(undefined),
});
export type FindingSearch = z.infer<typeof FindingSearch>;
