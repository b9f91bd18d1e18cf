import { useNavigate } from '@tanstack/react-router';
import type { Registered } from '../../../shared/contract/intake.ts';
import { tellDone, tellError } from '../../app/notify.ts';
import { useTRPCClient } from '../../app/rpc.ts';
import { words } from './words.ts';

/**
 * After a form of a stack is registered, opens the next one; says whether it did. Where the stack was
 * finished meanwhile, the registration is told as any other.
 */
export function useNextPaper(): (result: Registered) => Promise<boolean> {
  const client = useTRPCClient();
  const navigate = useNavigate();
  return async ({ paperBatchId, number, corrected }) => {
    if (paperBatchId === null) return false;
    try {
      const { draftId } = await client.paperBatch.next.mutate({ batchId: paperBatchId });
      tellDone(corrected ? words.amended(number) : words.registered(number));
      await navigate({ to: '/intake/$draftId', params: { draftId }, replace: true });
      return true;
    } catch (error) {
      tellError(error);
      return false;
    }
  };
}
