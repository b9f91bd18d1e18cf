import { useQueryClient } from '@tanstack/react-query';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { words } from './words.ts';

/** What follows every change of an account: the list is read again, the dialog closes, and it is said. */
export function useSaved(onDone: () => void): () => Promise<void> {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return async () => {
    onDone();
    tellDone(words.saved);
    await queries.invalidateQueries(trpc.accounts.pathFilter());
  };
}
