import { FileButton, type FileButtonProps } from '@mantine/core';
import { useRef } from 'react';

interface ChooseFileProps {
  onChoose: (file: File) => void;
  /** The button, given what opens the choice. */
  children: FileButtonProps['children'];
}

/** Takes a photo or a scan; the same file can be chosen again at once, as after it was refused. */
export function ChooseFile({ onChoose, children }: ChooseFileProps) {
  const forget = useRef<() => void>(null);
  return (
    <FileButton
      accept="image/jpeg,image/png,application/pdf"
      resetRef={forget}
      onChange={(file) => {
        if (file === null) return;
        onChoose(file);
        // The browser tells of a choice only where it is another than before.
        forget.current?.();
      }}
    >
      {children}
    </FileButton>
  );
}
