import { TextInput } from '@mantine/core';
import { type Ref, useState } from 'react';
import { displaySheetCode, parseSheetCode } from '../../../shared/domain/sheet-code.ts';
import { SearchIcon } from '../../components/icons.tsx';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import classes from './WorkScreen.module.css';
import { words } from './words.ts';

/** Takes the digits under a QR code, for a sheet that no scanner reads. */
export function SheetCodeField({
  ref,
  onCode,
}: {
  ref: Ref<HTMLInputElement>;
  onCode: (code: string) => void;
}) {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);

  function submit() {
    const code = text.replace(/\D/g, '');
    if (code === '') return;
    if (parseSheetCode(code) === null) setWrong(true);
    else onCode(code);
  }

  return (
    <TextInput
      ref={ref}
      className={classes.scan}
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
