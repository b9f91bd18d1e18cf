import { Textarea } from '@mantine/core';
import type { ReactNode } from 'react';

interface LinesFieldProps {
  label: string;
  description: string;
  value: readonly string[];
  onChange: (lines: string[]) => void;
  error: ReactNode;
}

/** A list that is typed as text, one entry a line. */
export function LinesField({ value, onChange, ...rest }: LinesFieldProps) {
  return (
    <Textarea
      {...rest}
      autosize
      minRows={2}
      value={value.join('\n')}
      onChange={(event) => onChange(event.currentTarget.value.split('\n'))}
      // Empty lines may be typed through; what is left of them goes when the field is left.
      onBlur={() => onChange(value.map((line) => line.trim()).filter((line) => line !== ''))}
    />
  );
}
