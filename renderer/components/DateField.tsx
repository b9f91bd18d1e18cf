import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { dashWhileTyping, displayTypedDate, readTypedDate } from './typed-date.ts';

interface DateFieldProps extends Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue'> {
  /** ISO date, or null while there is none. */
  value: string | null;
  /** Called with a whole, real date, or with null once the field holds none. */
  onChange: (iso: string | null) => void;
}

/** A date that is typed: day, month, year; dashes come by themselves. No calendar to click through. */
export function DateField({ value, onChange, error, onBlur, ...rest }: DateFieldProps) {
  const [typed, setTyped] = useState(value === null ? '' : displayTypedDate(value));
  const [left, setLeft] = useState(true);
  const [reported, setReported] = useState(value);
  if (value !== reported) {
    // The value was changed from outside, e.g. by "use the date of the NIK".
    setReported(value);
    setTyped(value === null ? '' : displayTypedDate(value));
  }
  const read = readTypedDate(typed);

  function take(next: string) {
    const text = dashWhileTyping(typed, next);
    setTyped(text);
    setLeft(false);
    const now = readTypedDate(text);
    const iso = now.kind === 'date' ? now.iso : null;
    if (iso !== reported) {
      setReported(iso);
      onChange(iso);
    }
  }

  return (
    <TextInput
      inputMode="numeric"
      autoComplete="off"
      placeholder="hh-bb-tttt"
      {...rest}
      value={typed}
      error={error ?? messageOf(read, left)}
      onChange={(event) => take(event.currentTarget.value)}
      onBlur={(event) => {
        setLeft(true);
        if (read.kind === 'date') setTyped(displayTypedDate(read.iso));
        onBlur?.(event);
      }}
    />
  );
}

function messageOf(read: ReturnType<typeof readTypedDate>, left: boolean): string | null {
  if (read.kind === 'wrong') return read.message;
  if (read.kind === 'unfinished' && left)
    return 'Tanggal belum lengkap. Tulis hari-bulan-tahun, misalnya 17-08-1980.';
  return null;
}
