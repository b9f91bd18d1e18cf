import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { RefusedOf } from '../../../shared/contract/exports.ts';
import { useMay } from '../../app/session-context.ts';
import { ExportDialog } from '../exports/ExportDialog.tsx';
import { words } from './words.ts';

/** Lets the refused rows of a list leave for whoever sent it; where they were not kept it says so. */
export function SendBack({ of }: { of: RefusedOf | null }) {
  const mayExport = useMay('data:export');
  const [exporting, setExporting] = useState(false);
  if (!mayExport) return null;
  if (of === null)
    return (
      <Text size="sm" c="dimmed" mt="sm">
        {words.refusedNotKept}
      </Text>
    );
  return (
    <Group mt="sm" wrap="nowrap">
      <Button variant="default" flex="none" onClick={() => setExporting(true)}>
        {words.sendBack}
      </Button>
      <Text size="sm" c="dimmed">
        {words.sendBackText}
      </Text>
      <ExportDialog
        subject={exporting ? { kind: 'ditolak', of } : null}
        onClose={() => setExporting(false)}
      />
    </Group>
  );
}
