import { Modal } from '@mantine/core';
import { tellDone } from '../../app/notify.ts';
import { PasswordForm } from './PasswordForm.tsx';
import { words } from './words.ts';

export function ChangePasswordModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title={words.changeTitle}>
      <PasswordForm
        cancelLabel={words.cancel}
        onCancel={onClose}
        onDone={() => {
          tellDone(words.changed);
          onClose();
        }}
      />
    </Modal>
  );
}
