import { ActionIcon, Anchor, Button, FileButton, Input, Text, Tooltip } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { AttachmentInfo } from '../../../shared/contract/attachments.ts';
import type { Draft } from '../../../shared/contract/intake.ts';
import { useDocuments } from '../../app/DocumentViewer.tsx';
import { fetchFile, postFile } from '../../app/files.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useSessionStore } from '../../app/session-context.ts';
import { formatFileSize } from '../../components/formats.ts';
import { CloseIcon } from '../../components/icons.tsx';
import { useIntakeForm } from './form-context.ts';
import classes from './IntakeForm.module.css';
import { words } from './words.ts';

/** The files that prove a passive registration. Each is stored the moment it is chosen. */
export function EvidenceField({ draft }: { draft: Draft }) {
  const trpc = useTRPC();
  const session = useSessionStore();
  const queries = useQueryClient();
  const { attempted } = useIntakeForm();
  const key = trpc.intake.open.queryKey({ draftId: draft.id });
  const onCase = draft.correction?.attachments ?? [];

  function replace(change: (files: AttachmentInfo[]) => AttachmentInfo[]) {
    queries.setQueryData(
      key,
      (current) => current && { ...current, attachments: change(current.attachments) },
    );
  }

  const attach = useMutation({
    meta: { quiet: true },
    mutationFn: async (file: File) => {
      const form = new FormData();
      form.set('draftId', draft.id);
      form.set('slot', 'bukti');
      form.set('file', file);
      return AttachmentInfo.parse(await postFile(session, '/files/attachment', form, null));
    },
    onSuccess: (added) => replace((files) => [...files, added]),
  });
  const detach = useMutation(
    trpc.attachments.detach.mutationOptions({
      onSuccess: (_result, { attachmentId }) =>
        replace((files) => files.filter((file) => file.id !== attachmentId)),
    }),
  );
  const missing = attempted && draft.attachments.length + onCase.length === 0;

  return (
    <Input.Wrapper
      label={words.evidence}
      description={words.evidenceHelp}
      error={attach.error !== null ? problemText(attach.error) : missing ? words.evidenceMissing : null}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    >
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
      <FileButton
        accept="image/jpeg,image/png,application/pdf"
        onChange={(file) => {
          if (file !== null) attach.mutate(file);
        }}
      >
        {(props) => (
          <Button
            {...props}
            id="isian-bukti"
            variant="default"
            size="sm"
            mb={6}
            loading={attach.isPending}
            data-primary="true"
          >
            {words.attach}
          </Button>
        )}
      </FileButton>
    </Input.Wrapper>
  );
}

function FileLine({ file, note, onDetach }: { file: AttachmentInfo; note?: string; onDetach?: () => void }) {
  const session = useSessionStore();
  const documents = useDocuments();
  return (
    <li>
      <Anchor
        component="button"
        type="button"
        size="sm"
        aria-label={words.look(file.name)}
        onClick={() =>
          documents.showFile(file.name, () =>
            fetchFile(
              session,
              '/files/attachment/content',
              JSON.stringify({ attachmentId: file.id }),
              'application/json',
            ),
          )
        }
      >
        {file.name}
      </Anchor>
      <Text span size="xs" c="dimmed">
        {formatFileSize(file.size)}
        {note === undefined ? '' : ` · ${note}`}
      </Text>
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

function problemText(error: unknown): string {
  const { message, next } = problemOf(error);
  return `${message} ${next}`;
}
