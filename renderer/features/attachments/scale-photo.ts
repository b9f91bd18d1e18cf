import { imageEdgeLimit } from '../../../shared/contract/attachments.ts';
import { exifSegmentOf, withExif } from '../../../shared/domain/image-facts.ts';

/**
 * A photo as it is sent to the office: no edge longer than the office keeps, as JPEG, upright, with the
 * camera's own words of where and when it was taken. Anything that is no photo, or small already, goes
 * as it is; what cannot be read as a picture too, for the office to refuse in words.
 */
export async function scalePhoto(file: File): Promise<File> {
  if (file.type !== 'image/jpeg' && file.type !== 'image/png') return file;
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  if (picture === null) return file;
  try {
    const size = fittedSize(picture.width, picture.height);
    if (size === null) return file;
    const canvas = new OffscreenCanvas(size.width, size.height);
    const context = canvas.getContext('2d');
    if (context === null) return file;
    context.drawImage(picture, 0, 0, size.width, size.height);
    const scaled = new Uint8Array(
      await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 })).arrayBuffer(),
    );
    const said = exifSegmentOf(new Uint8Array(await file.arrayBuffer()));
    return new File([said === null ? scaled : withExif(scaled, said)], file.name, { type: 'image/jpeg' });
  } finally {
    picture.close();
  }
}

/** The size at which both edges fit; null where they already do. */
export function fittedSize(width: number, height: number): { width: number; height: number } | null {
  const longest = Math.max(width, height);
  if (longest <= imageEdgeLimit) return null;
  const share = imageEdgeLimit / longest;
  return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) };
}
