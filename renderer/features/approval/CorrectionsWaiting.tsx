import { Alert, Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTRPC } from '../../app/rpc.ts';
import { ClipboardIcon } from '../../components/icons.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { words } from './words.ts';

/** Life events and corrections that wait for the lurah; they are decided on the screen of the period. */
export function CorrectionsWaiting() {
  const trpc = useTRPC();
  const waiting = useQuery(trpc.period.corrections.queryOptions({ caseId: null }));
  if (waiting.data === undefined) return <Waiting query={waiting} silent />;
  if (waiting.data.length === 0) return null;
  return (
    <Alert color="gray" variant="light" icon={<ClipboardIcon />} py="xs" mb="sm">
      <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/period" />}>
        {words.correctionsWaiting(waiting.data.length)}
      </Anchor>
    </Alert>
  );
}
