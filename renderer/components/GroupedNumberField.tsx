import { TextInput, type TextInputProps } from '@mantine/core';
import { useLayoutEffect, useRef } from 'react';
import { caretAfterGrouping, keptNumber, shownNumber } from './grouped-number.ts';

interface GroupedNumberFieldProps extends Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue'> {
  /** Bare digits, or what was typed and is no number. */
  value: string;
  onChange: (kept: string) => void;
}

/** A NIK or No KK, grouped in fours as it is typed; blanks, dots and dashes that are pasted fall away. */
export function GroupedNumberField({ value, onChange, ...rest }: GroupedNumberFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const caret = useRef<number | null>(null);

  useLayoutEffect(() => {
    if (caret.current === null || document.activeElement !== input.current) return;
    input.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });

  return (
    <TextInput
      inputMode="numeric"
      autoComplete="off"
      spellCheck={false}
      {...rest}
      ref={input}
      value={shownNumber(value)}
      onChange={(event) => {
        const { value: text, selectionStart } = event.currentTarget;
        caret.current = caretAfterGrouping(text, selectionStart ?? text.length);
        onChange(keptNumber(text));
      }}
      styles={{ input: { fontVariantNumeric: 'tabular-nums' } }}
    />
  );
}
