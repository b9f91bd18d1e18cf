import { attachmentLimit } from '../../../shared/contract/attachments.ts';
import { problemOf } from '../../app/problem.ts';

/**
 * Sends a file that shall be the very one of before: as a photo is scaled down when it is attached, and where that is not
 * the one, as it is, since somebody may have kept the small photo.
 *
 * @throws what `send` throws of the last one that was tried
 */
export async function uploadAgain(
  file: File,
  scale: (file: File) => Promise<File>,
  send: (file: File) => Promise<void>,
): Promise<void> {
  const scaled = await scale(file);
  try {
    await send(scaled);
  } catch (cause) {
    if (scaled === file || file.size > attachmentLimit || problemOf(cause).code !== 'other_file') throw cause;
    await send(file);
  }
}
