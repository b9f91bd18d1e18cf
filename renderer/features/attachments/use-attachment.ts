import { useQuery } from '@tanstack/react-query';
import type { AttachmentInfo } from '../../../shared/contract/attachments.ts';
import { type FetchedFile, fetchFile } from '../../app/files.ts';
import { useSessionStore } from '../../app/session-context.ts';

/** A kept file: its picture where it is one, held no longer than it is shown, and how to fetch it whole. */
export function useAttachment(file: Pick<AttachmentInfo, 'id' | 'mediaType'>) {
  const session = useSessionStore();
  const fetch = (): Promise<FetchedFile> =>
    fetchFile(
      session,
      '/files/attachment/content',
      JSON.stringify({ attachmentId: file.id }),
      'application/json',
    );
  const isImage = file.mediaType !== 'application/pdf';
  const image = useQuery({
    queryKey: ['attachment', file.id],
    queryFn: fetch,
    enabled: isImage,
    staleTime: Infinity,
    gcTime: 0,
  });
  return { isImage, picture: image.data?.blob, fetch };
}
