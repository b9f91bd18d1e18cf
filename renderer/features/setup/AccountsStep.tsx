import {
  Button,
  Fieldset,
  Group,
  PasswordInput,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useRef } from 'react';
import type { ShownProblem } from '../../app/problem.ts';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { useFormKeys } from '../../components/use-form-keys.ts';
import { AccountsForm, type OfficeDraft } from './office-draft.ts';
import { words } from './words.ts';

interface AccountsStepProps {
  draft: OfficeDraft;
  busy: boolean;
  problem: ShownProblem | null;
  onBack: (accounts: AccountsForm) => void;
  onNext: (accounts: AccountsForm) => void;
}

/** The administrator, who is the one setting up, and the lurah, who gets a password for once. */
export function AccountsStep({ draft, busy, problem, onBack, onNext }: AccountsStepProps) {
  const formRef = useRef<HTMLFormElement>(null);
  useFormKeys(formRef);
  const form = useAccountsForm({ administrator: draft.administrator, lurah: draft.lurah });
  return (
    <form
      ref={formRef}
      noValidate
      onSubmit={form.onSubmit((accounts) => onNext(AccountsForm.parse(accounts)))}
    >
      <Stack gap="md">
        <div>
          <Title order={1}>{words.accountsTitle}</Title>
          <Text size="sm" c="dimmed">
            {words.accountsText}
          </Text>
        </div>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <AccountFields
            form={form}
            who="administrator"
            legend={words.administrator}
            passwordHint={words.passwordHint}
            autoFocus
          />
          <AccountFields
            form={form}
            who="lurah"
            legend={words.lurah}
            passwordHint={words.firstPasswordHint}
          />
        </SimpleGrid>
        {problem !== null && <ProblemNote problem={problem} />}
        <Group justify="space-between">
          <Button variant="default" disabled={busy} onClick={() => onBack(form.values)}>
            {words.back}
          </Button>
          <Button
            type="submit"
            data-primary
            loading={busy}
            rightSection={<ShortcutKeys shortcut="Ctrl+Enter" />}
            aria-keyshortcuts="Control+Enter"
          >
            {words.create}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useAccountsForm(initialValues: AccountsForm) {
  return useForm({ initialValues, validate: schemaResolver(AccountsForm, { sync: true }) });
}

interface AccountFieldsProps {
  form: ReturnType<typeof useAccountsForm>;
  who: 'administrator' | 'lurah';
  legend: string;
  passwordHint: string;
  autoFocus?: boolean;
}

function AccountFields({ form, who, legend, passwordHint, autoFocus = false }: AccountFieldsProps) {
  return (
    <Fieldset legend={legend}>
      <Stack gap="sm">
        <TextInput
          label={words.name}
          autoFocus={autoFocus}
          autoComplete="off"
          {...form.getInputProps(`${who}.name`)}
        />
        <TextInput
          label={words.nip}
          description={words.nipHint}
          inputMode="numeric"
          autoComplete="off"
          className="tabular"
          {...form.getInputProps(`${who}.nip`)}
        />
        <TextInput
          label={words.username}
          description={words.usernameHint}
          autoCapitalize="none"
          spellCheck={false}
          autoComplete="off"
          {...form.getInputProps(`${who}.username`)}
        />
        <PasswordInput
          label={words.password}
          description={passwordHint}
          autoComplete="new-password"
          {...form.getInputProps(`${who}.password`)}
        />
      </Stack>
    </Fieldset>
  );
}
