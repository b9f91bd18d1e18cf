import { useCallback } from 'react';

/** The address of the picture lives only as long as it is on screen. */
export function Thumbnail({ blob, className }: { blob: Blob; className: string | undefined }) {
  const show = useCallback(
    (image: HTMLImageElement) => {
      const address = URL.createObjectURL(blob);
      image.src = address;
      return () => URL.revokeObjectURL(address);
    },
    [blob],
  );
  return <img ref={show} alt="" className={className} />;
}
