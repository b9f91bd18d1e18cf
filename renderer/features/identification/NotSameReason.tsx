import { TextInput } from '@mantine/core';
import classes from './IdentificationScreen.module.css';
import { words } from './words.ts';

interface NotSameReasonProps {
  reason: string;
  onReason: (reason: string) => void;
  /** Enter: the reason stands, on to the next pair. */
  onNext: () => void;
}

/** Why two are not the same: filled with what differs, and asked for where nothing does. */
export function NotSameReason({ reason, onReason, onNext }: NotSameReasonProps) {
  return (
    <TextInput
      className={classes.notSame}
      label={words.notSameReason}
      description={words.notSameHelp}
      value={reason}
      maxLength={300}
      required
      autoFocus={reason === ''}
      error={reason.trim() === '' ? words.notSameMissing : null}
      onChange={(event) => onReason(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.ctrlKey || reason.trim() === '') return;
        event.preventDefault();
        event.currentTarget.blur();
        onNext();
      }}
    />
  );
}
