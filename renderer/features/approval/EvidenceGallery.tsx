import { Badge, Loader, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ApprovalDetail } from '../../../shared/contract/approval.ts';
import { useDocuments } from '../../app/DocumentViewer.tsx';
import { fetchFile, type FetchedFile } from '../../app/files.ts';
import { useSessionStore } from '../../app/session-context.ts';
import { formatFileSize } from '../../components/formats.ts';
import { ClipboardIcon } from '../../components/icons.tsx';
import { Thumbnail } from '../attachments/Thumbnail.tsx';
import classes from './EvidenceGallery.module.css';
import { words } from './words.ts';

type Evidence = ApprovalDetail['attachments'][number];

/** What proves a registration: photos as they are, papers as cards; each opens large. */
export function EvidenceGallery({ files }: { files: readonly Evidence[] }) {
  if (files.length === 0) return <Text size="sm">{words.noEvidence}</Text>;
  return (
    <ul className={classes.gallery}>
      {files.map((file) => (
        <li key={file.id}>
          <EvidenceCard file={file} />
        </li>
      ))}
    </ul>
  );
}

function EvidenceCard({ file }: { file: Evidence }) {
  const session = useSessionStore();
  const documents = useDocuments();
  const isImage = file.mediaType !== 'application/pdf';
  const fetch = (): Promise<FetchedFile> =>
    fetchFile(
      session,
      '/files/attachment/content',
      JSON.stringify({ attachmentId: file.id }),
      'application/json',
    );
  const image = useQuery({
    queryKey: ['attachment', file.id],
    queryFn: fetch,
    enabled: isImage,
    staleTime: Infinity,
    gcTime: 0,
  });

  return (
    <UnstyledButton
      className={classes.card}
      aria-label={words.look(file.name)}
      onClick={() => documents.showFile(file.name, fetch)}
    >
      <span className={classes.picture}>
        {isImage ? (
          image.data === undefined ? (
            <Loader size="xs" />
          ) : (
            <Thumbnail blob={image.data.blob} className={classes.image} />
          )
        ) : (
          <ClipboardIcon size={28} />
        )}
      </span>
      <span className={classes.name}>
        {file.name}
        {file.isNew && (
          <Badge size="xs" ml={4} variant="light">
            {words.isNew}
          </Badge>
        )}
      </span>
      <Text span size="xs" c="dimmed">
        {formatFileSize(file.size)}
      </Text>
    </UnstyledButton>
  );
}
