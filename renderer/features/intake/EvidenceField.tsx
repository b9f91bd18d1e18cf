import { ActionIcon, Tooltip } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { AttachmentInfo } from '../../../shared/contract/attachments.ts';
import type { Draft } from '../../../shared/contract/intake.ts';
import { useTRPC } from '../../app/rpc.ts';
import { CloseIcon } from '../../components/icons.tsx';
import { AttachmentFacts } from '../attachments/AttachmentFacts.tsx';
import { AttachmentLink } from '../attachments/AttachmentLink.tsx';
import { AttachmentPicker } from '../attachments/AttachmentPicker.tsx';
import { useIntakeForm } from './form-context.ts';
import classes from './IntakeForm.module.css';
import { words } from './words.ts';

/** Scans and photos of a registration; a passive one needs one. Each is stored the moment it is chosen. */
export function EvidenceField({ draft }: { draft: Draft }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { attempted, draft: body } = useIntakeForm();
  const key = trpc.intake.open.queryKey({ draftId: draft.id });
  const onCase = draft.correction?.attachments ?? [];

  function replace(change: (files: AttachmentInfo[]) => AttachmentInfo[]) {
    queries.setQueryData(
      key,
      (current) => current && { ...current, attachments: change(current.attachments) },
    );
  }

  const detach = useMutation(
    trpc.attachments.detach.mutationOptions({
      onSuccess: (_result, { attachmentId }) =>
        replace((files) => files.filter((file) => file.id !== attachmentId)),
    }),
  );
  const needed = body.mode === 'pasif';
  const missing = needed && attempted && draft.attachments.length + onCase.length === 0;

  return (
    <>
      {(onCase.length > 0 || draft.attachments.length > 0) && (
        <ul className={classes.files}>
          {onCase.map((file) => (
            <FileLine key={file.id} file={file} note={words.evidenceOnCase} />
          ))}
          {draft.attachments.map((file) => (
            <FileLine key={file.id} file={file} onDetach={() => detach.mutate({ attachmentId: file.id })} />
          ))}
        </ul>
      )}
      <AttachmentPicker
        target={{ draftId: draft.id }}
        id="isian-bukti"
        help={needed ? words.evidenceNeeded : words.evidenceHelp}
        error={missing ? words.evidenceMissing : null}
        onAdded={(added) => replace((files) => [...files, added])}
      />
    </>
  );
}

function FileLine({ file, note, onDetach }: { file: AttachmentInfo; note?: string; onDetach?: () => void }) {
  return (
    <li>
      <AttachmentLink file={file} />
      <AttachmentFacts file={file} note={note} />
      {onDetach !== undefined && (
        <Tooltip label={words.detach(file.name)}>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={words.detach(file.name)}
            onClick={onDetach}
          >
            <CloseIcon size={12} />
          </ActionIcon>
        </Tooltip>
      )}
    </li>
  );
}
