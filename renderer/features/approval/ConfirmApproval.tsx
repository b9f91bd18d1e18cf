import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ApprovalItem } from '../../../shared/contract/approval.ts';
import { decisionLabel } from '../../../shared/domain/approval.ts';
import { onCtrlEnter } from '../../components/ctrl-enter.ts';
import { words } from './words.ts';

interface ConfirmApprovalProps {
  item: ApprovalItem | null;
  busy: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

/** One look at what will happen; Enter or Ctrl+Enter does it. */
export function ConfirmApproval({ item, busy, onConfirm, onCancel }: ConfirmApprovalProps) {
  const label = item === null ? '' : decisionLabel(item.state, 'setujui');
  return (
    <Modal opened={item !== null} onClose={onCancel} title={label}>
      {item !== null && (
        <Stack gap="sm" onKeyDown={onCtrlEnter(onConfirm)}>
          <Text size="sm">{words.confirmText[item.kind](item.headName, item.members)}</Text>
          {item.state === 'DICACAH' && (
            <Text size="sm" c="dimmed">
              {words.checkAndLegalise}
            </Text>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onCancel}>
              {words.cancel}
            </Button>
            <Button data-autofocus loading={busy} onClick={onConfirm}>
              {label}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
