import { Text } from '@mantine/core';
import { type AttachmentInfo, attachmentSlotLabel } from '../../../shared/contract/attachments.ts';
import { formatFileSize } from '../../components/formats.ts';
import { words } from './words.ts';

/** In one grey line: what a file proves, how large it is, and where and when the photo says it was taken. */
export function AttachmentFacts({ file, note }: { file: AttachmentInfo; note?: string }) {
  const parts = [
    attachmentSlotLabel[file.slot],
    formatFileSize(file.size),
    file.takenAt === null ? null : words.takenAt(file.takenAt.replace('T', ' ').slice(0, 16)),
    file.latitude === null || file.longitude === null
      ? null
      : words.position(file.latitude.toFixed(5), file.longitude.toFixed(5)),
    note ?? null,
  ];
  return (
    <Text span size="xs" c="dimmed">
      {parts.filter((part) => part !== null).join(' · ')}
    </Text>
  );
}
