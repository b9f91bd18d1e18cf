import { Badge, Loader, Text, UnstyledButton } from '@mantine/core';
import type { ApprovalDetail } from '../../../shared/contract/approval.ts';
import { useDocuments } from '../../app/DocumentViewer.tsx';
import { formatFileSize } from '../../components/formats.ts';
import { ClipboardIcon } from '../../components/icons.tsx';
import { Thumbnail } from '../attachments/Thumbnail.tsx';
import { useAttachment } from '../attachments/use-attachment.ts';
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
  const documents = useDocuments();
  const { isImage, picture, fetch } = useAttachment(file);
  return (
    <UnstyledButton
      className={classes.card}
      aria-label={words.look(file.name)}
      onClick={() => documents.showFile(file.name, fetch)}
    >
      <span className={classes.picture}>
        {isImage ? (
          picture === undefined ? (
            <Loader size="xs" />
          ) : (
            <Thumbnail blob={picture} className={classes.image} />
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
