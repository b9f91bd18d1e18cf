import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../app/rpc.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { CodeListSettings } from './CodeListSettings.tsx';
import { PrinterSettings } from './PrinterSettings.tsx';
import { RecoverySettings } from './RecoverySettings.tsx';
import { SettingsForm } from './SettingsForm.tsx';
import { words } from './words.ts';

/** What the office may set for itself: its letterhead, its calendar, its lock, its recovery sheet. */
export function SettingsScreen() {
  const trpc = useTRPC();
  const settings = useQuery(trpc.settings.read.queryOptions());
  return (
    <>
      <PageHeader title={words.title} subtitle={words.subtitle} />
      <Waiting query={settings} />
      {settings.data !== undefined && (
        <Stack maw="60rem" gap="lg">
          <SettingsForm settings={settings.data} />
          <PrinterSettings settings={settings.data} />
          <CodeListSettings />
          <RecoverySettings confirmedAt={settings.data.recoveryConfirmedAt} />
        </Stack>
      )}
    </>
  );
}
