import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState, type KeyboardEvent, type SubmitEvent } from 'react';
import { FieldWarning } from '../../components/FieldWarning.tsx';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import type { ShownProblem } from '../../app/problem.ts';
import { words } from './words.ts';

export interface Credentials {
  username: string;
  password: string;
}

interface LoginFormProps {
  value: Credentials;
  onChange: (value: Credentials) => void;
  /** The name stands fixed where a lock knows whose screen it is. */
  withoutUsername?: boolean;
  submitLabel: string;
  busy: boolean;
  problem: ShownProblem | null;
  onSubmit: () => void;
}

/** Name and password. Enter goes from the name to the password, and from there in. */
export function LoginForm({
  value,
  onChange,
  withoutUsername = false,
  submitLabel,
  busy,
  problem,
  onSubmit,
}: LoginFormProps) {
  const [tried, setTried] = useState(false);
  const [capsLock, setCapsLock] = useState(false);

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    if (value.password === '')
      event.currentTarget.querySelector<HTMLInputElement>('input[type=password]')?.focus();
    else if (value.username !== '' && !busy) onSubmit();
  }

  function watchCapsLock(event: KeyboardEvent) {
    setCapsLock(event.getModifierState('CapsLock'));
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {!withoutUsername && (
          <TextInput
            label={words.username}
            data-autofocus
            autoFocus
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={value.username}
            onChange={(event) => onChange({ ...value, username: event.currentTarget.value })}
            error={tried && value.username === '' ? words.fillUsername : null}
          />
        )}
        <div>
          <PasswordInput
            label={words.password}
            data-autofocus={withoutUsername || undefined}
            autoFocus={withoutUsername}
            autoComplete="current-password"
            value={value.password}
            onChange={(event) => onChange({ ...value, password: event.currentTarget.value })}
            onKeyUp={watchCapsLock}
            error={tried && value.password === '' && value.username !== '' ? words.fillPassword : null}
          />
          {capsLock && <FieldWarning>{words.capsLock}</FieldWarning>}
        </div>
        {problem !== null && <ProblemNote problem={problem} />}
        <Button type="submit" loading={busy} fullWidth>
          {submitLabel}
        </Button>
      </Stack>
    </form>
  );
}
