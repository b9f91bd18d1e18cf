import { TextInput } from '@mantine/core';
import { type Ref, useState } from 'react';
import { displaySheetCode, parseSheetCode } from '../../shared/domain/sheet-code.ts';
import { SearchIcon } from './icons.tsx';
import { ShortcutKeys } from './ShortcutKeys.tsx';
import classes from './SheetCodeField.module.css';

const words = {
  scan: 'Kode lembar',
  scanHint: 'Pindai kode QR, atau ketik 12 angka di bawahnya lalu Enter.',
  scanWrong: 'Angka pemeriksanya tidak cocok. Pindai lagi, atau ketik ulang 12 angka di bawah kode QR.',
} as const;

/** Takes the digits under a QR code, for a sheet that no scanner reads. */
export function SheetCodeField({
  ref,
  autoFocus = false,
  clears = false,
  onCode,
}: {
  ref?: Ref<HTMLInputElement>;
  autoFocus?: boolean;
  /** Ready for the next code once one was taken. */
  clears?: boolean;
  onCode: (code: string) => void;
}) {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);

  function submit() {
    const code = text.replace(/\D/g, '');
    if (code === '') return;
    if (parseSheetCode(code) === null) setWrong(true);
    else {
      if (clears) setText('');
      onCode(code);
    }
  }

  return (
    <TextInput
      ref={ref}
      className={classes.scan}
      autoFocus={autoFocus}
      aria-label={words.scan}
      placeholder={words.scan}
      description={wrong ? undefined : words.scanHint}
      inputWrapperOrder={['input', 'error', 'description']}
      inputMode="numeric"
      autoComplete="off"
      maxLength={20}
      leftSection={<SearchIcon />}
      rightSection={text === '' ? <ShortcutKeys shortcut="/" /> : undefined}
      value={text}
      error={wrong ? words.scanWrong : undefined}
      onChange={(event) => {
        setWrong(false);
        setText(displaySheetCode(event.currentTarget.value.replace(/\D/g, '').slice(0, 12)));
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        submit();
      }}
    />
  );
}
