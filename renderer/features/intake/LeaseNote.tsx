import { Alert, Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { DraftLease } from '../../../shared/contract/intake.ts';
import { formatTime } from '../../components/formats.ts';
import { ReasonModal } from '../../components/ReasonModal.tsx';
import { words } from './words.ts';

/** A colleague types in this draft: who, since when, and how to go on nevertheless. */
export function LeaseNote({
  lease,
  onTakeOver,
}: {
  lease: DraftLease;
  onTakeOver: (reason: string) => Promise<unknown>;
}) {
  const [asking, setAsking] = useState(false);
  return (
    <Alert color="orange" variant="light" title={words.leased(lease.by, formatTime(lease.since))} mb="md">
      <Group gap="xs">
        {words.leasedText(lease.by)}
        <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
          {words.takeOver}
        </Button>
      </Group>
      <ReasonModal
        opened={asking}
        keep={`takeOver.${lease.by}.${lease.since}`}
        title={words.takeOverTitle(lease.by)}
        description={words.takeOverText(lease.by)}
        reasonRequired
        suggestions={words.takeOverReasons}
        onCancel={() => setAsking(false)}
        onConfirm={async (reason) => {
          await onTakeOver(reason ?? '');
          setAsking(false);
        }}
      />
    </Alert>
  );
}
