import { Button, Group, Input } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { AttachmentInfo, AttachmentSlot, attachmentSlotLabel } from '../../../shared/contract/attachments.ts';
import { postFile } from '../../app/files.ts';
import { problemOf } from '../../app/problem.ts';
import { useSessionStore } from '../../app/session-context.ts';
import { ChooseFile } from '../../components/ChooseFile.tsx';
import { CodeField } from '../../components/CodeField.tsx';
import { scalePhoto } from './scale-photo.ts';
import { words } from './words.ts';

interface AttachmentPickerProps {
  /** What the file hangs on. */
  target: { draftId: string } | { caseId: string };
  /** Id of the button, by which a finding leads to it. */
  id?: string;
  help: string;
  /** What is wrong apart from the upload itself. */
  error?: string | null;
  onAdded: (added: AttachmentInfo) => void;
}

const slots = AttachmentSlot.options.map((slot, index) => ({
  value: slot,
  key: String(index),
  label: attachmentSlotLabel[slot],
}));

/** Says by number what a file proves, and takes it in; a photo is scaled down on the way. */
export function AttachmentPicker({ target, id, help, error = null, onAdded }: AttachmentPickerProps) {
  const session = useSessionStore();
  const [slot, setSlot] = useState<string>('bukti');
  const chosen = AttachmentSlot.safeParse(slot);
  const attach = useMutation({
    meta: { quiet: true },
    mutationFn: async (file: File) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(target)) form.set(name, value);
      form.set('slot', chosen.success ? chosen.data : 'bukti');
      form.set('file', await scalePhoto(file));
      return AttachmentInfo.parse(await postFile(session, '/files/attachment', form, null));
    },
    onSuccess: onAdded,
  });
  return (
    <Input.Wrapper description={help} error={attach.error === null ? error : textOf(attach.error)}>
      <Group gap="xs" align="end" mb={6}>
        <CodeField
          name="slot"
          label={words.slot}
          options={slots}
          value={slot}
          onChange={setSlot}
          error={chosen.success ? null : words.slotWrong}
          w="16rem"
        />
        <ChooseFile onChoose={(file) => attach.mutate(file)}>
          {(props) => (
            <Button
              {...props}
              id={id}
              variant="default"
              disabled={!chosen.success}
              loading={attach.isPending}
              data-primary="true"
            >
              {words.choose}
            </Button>
          )}
        </ChooseFile>
      </Group>
    </Input.Wrapper>
  );
}

function textOf(error: unknown): string {
  const { message, next } = problemOf(error);
  return `${message} ${next}`;
}
