import { Alert, Anchor, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTRPC } from '../../app/rpc.ts';
import { SpeechIcon } from '../../components/icons.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { words } from './words.ts';

/** Meetings whose result waits for the lurah, and those with an objection to answer; nothing where there is none. */
export function MeetingsWaiting() {
  const trpc = useTRPC();
  const meetings = useQuery(trpc.muskel.list.queryOptions());
  if (meetings.data === undefined) return <Waiting query={meetings} silent />;
  const waiting = meetings.data.sessions.filter(
    ({ state, openObjections }) => state === 'selesai' || openObjections > 0,
  );
  if (waiting.length === 0) return null;
  return (
    <Alert color="gray" variant="light" icon={<SpeechIcon />} py="xs" mb="sm">
      <Group gap="lg">
        {waiting.map(({ id, no, state, openObjections }) => (
          <Anchor
            key={id}
            size="sm"
            renderRoot={(props) => (
              <Link
                {...props}
                to="/muskel/$muskelId"
                params={{ muskelId: id }}
                search={{ part: state === 'selesai' ? 'sidang' : 'sanggah' }}
              />
            )}
          >
            {state === 'selesai' ? words.meetingToLegalise(no) : words.objectionsToAnswer(no, openObjections)}
          </Anchor>
        ))}
      </Group>
    </Alert>
  );
}
