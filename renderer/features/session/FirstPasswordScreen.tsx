import { Stack, Text, Title } from '@mantine/core';
import { fullAreaName } from '../../../shared/domain/wilayah.ts';
import { tellDone } from '../../app/notify.ts';
import { useSession } from '../../app/session-context.ts';
import { EntryFrame } from './EntryFrame.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { useLeave } from './use-leave.ts';
import { words } from './words.ts';

/** Whoever got their password from somebody else makes their own before they go on. */
export function FirstPasswordScreen() {
  const session = useSession();
  const { logout } = useLeave();
  return (
    <EntryFrame training={session.training} officeName={fullAreaName(session.office)}>
      <Stack gap="md">
        <div>
          <Title order={1}>{words.changeTitle}</Title>
          <Text size="sm" c="dimmed">
            {words.changeFirst}
          </Text>
        </div>
        <PasswordForm cancelLabel={words.logout} onCancel={logout} onDone={() => tellDone(words.changed)} />
      </Stack>
    </EntryFrame>
  );
}
