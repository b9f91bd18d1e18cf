import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '../../app/rpc.ts';

/** All of a family that was found, numbers whole: held no longer than it is being looked at. */
export function useFetchWhole() {
  return useMutation(useTRPC().duplicates.take.mutationOptions({ gcTime: 0 }));
}
