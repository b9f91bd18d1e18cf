import { TextInput } from '@mantine/core';
import { isReasonOfVerdict } from '../../../shared/domain/match.ts';
import classes from './IdentificationScreen.module.css';
import { words } from './words.ts';

interface NotSameReasonProps {
  reason: string;
  onReason: (reason: string) => void;
  /** Enter: the reason stands, on to the next undecided pair. */
  onNext: () => void;
  /** While no reason is written, Esc and, in the empty field, Ctrl+Z: "bukan" was a slip. */
  onWithdraw: () => void;
}

/** Why two are not the same: filled with what differs, and asked for where nothing does. */
export function NotSameReason({ reason, onReason, onNext, onWithdraw }: NotSameReasonProps) {
  return (
    <TextInput
      className={classes.notSame}
      label={words.notSameReason}
      description={words.notSameHelp}
      value={reason}
      maxLength={300}
      required
      autoFocus={reason === ''}
      error={isReasonOfVerdict(reason) ? null : words.notSameMissing}
      onChange={(event) => onReason(event.currentTarget.value)}
      onKeyDown={(event) => {
        const meant = meantBy(event, reason);
        if (meant === null) return;
        event.preventDefault();
        event.currentTarget.blur();
        if (meant === 'next') onNext();
        else onWithdraw();
      }}
    />
  );
}

/** What a key in the field means for the verdict; null where it belongs to the text, or to the screen. */
export function meantBy(
  press: { key: string; ctrlKey: boolean; metaKey: boolean },
  reason: string,
): 'next' | 'withdraw' | null {
  const written = isReasonOfVerdict(reason);
  const control = press.ctrlKey || press.metaKey;
  if (press.key === 'Enter' && !control && written) return 'next';
  if (press.key === 'Escape' && !written) return 'withdraw';
  return press.key.toLowerCase() === 'z' && control && reason === '' ? 'withdraw' : null;
}
