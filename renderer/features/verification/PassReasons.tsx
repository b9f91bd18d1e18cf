import { TextInput } from '@mantine/core';
import { AlertIcon } from '../../components/icons.tsx';
import { reasonId, type Warning } from './entry-edit.ts';
import { words } from './words.ts';

interface PassReasonsProps {
  warnings: readonly Warning[];
  className?: string | undefined;
  onPass: (key: string, reason: string) => void;
}

/** What seems odd about a field and may stand all the same: each with the reason why. */
export function PassReasons({ warnings, className, onPass }: PassReasonsProps) {
  return warnings.map(
    ({ key, message, reason }) =>
      reason !== null && (
        <TextInput
          key={key}
          id={reasonId(key)}
          className={className}
          label={
            <span>
              <AlertIcon /> {message}
            </span>
          }
          placeholder={words.passReason}
          autoComplete="off"
          maxLength={200}
          value={reason}
          onChange={(event) => onPass(key, event.currentTarget.value)}
        />
      ),
  );
}
