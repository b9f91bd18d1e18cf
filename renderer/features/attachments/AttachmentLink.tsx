import { Anchor } from '@mantine/core';
import type { AttachmentInfo } from '../../../shared/contract/attachments.ts';
import { useDocuments } from '../../app/DocumentViewer.tsx';
import { fetchFile } from '../../app/files.ts';
import { useSessionStore } from '../../app/session-context.ts';
import { words } from './words.ts';

/** The name of a kept file, which opens it. */
export function AttachmentLink({ file: { id, name } }: { file: Pick<AttachmentInfo, 'id' | 'name'> }) {
  const session = useSessionStore();
  const documents = useDocuments();
  return (
    <Anchor
      component="button"
      type="button"
      size="sm"
      ta="start"
      aria-label={words.look(name)}
      onClick={() =>
        documents.showFile(name, () =>
          fetchFile(
            session,
            '/files/attachment/content',
            JSON.stringify({ attachmentId: id }),
            'application/json',
          ),
        )
      }
    >
      {name}
    </Anchor>
  );
}
