import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useDocuments } from '../../app/DocumentViewer.tsx';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { PrintIcon } from '../../components/icons.tsx';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { useFormKeys } from '../../components/use-form-keys.ts';
import { chooseGroups, codeGroups, codeWith } from './recovery-proof.ts';
import classes from './RecoveryStep.module.css';
import { words } from './words.ts';

interface RecoveryStepProps {
  code: string;
  onKept: () => void;
  onLater: () => void;
}

/** The code, its paper, and the proof that the paper can be read. Used at setup and for a new code. */
export function RecoveryStep({ code, onKept, onLater }: RecoveryStepProps) {
  const trpc = useTRPC();
  const documents = useDocuments();
  const [asked] = useState(() => chooseGroups(codeGroups(code).length, Math.random));
  const [typed, setTyped] = useState<ReadonlyMap<number, string>>(
    () => new Map(asked.map((index) => [index, ''])),
  );
  const [printed, setPrinted] = useState(false);
  const formRef = useRef<HTMLFormElement>(null);
  useFormKeys(formRef);
  const confirm = useMutation(
    trpc.setup.confirmRecoverySheet.mutationOptions({ meta: { quiet: true }, onSuccess: onKept }),
  );
  const groups = codeGroups(code);
  const complete = asked.every((index) => (typed.get(index)?.trim() ?? '') !== '');

  function print() {
    documents.show({
      title: words.recoveryPrint,
      kind: 'lembar_pemulihan',
      input: { code },
      onReady: () => setPrinted(true),
    });
  }

  return (
    <form
      ref={formRef}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) confirm.mutate({ code: codeWith(code, typed) });
      }}
    >
      <Stack gap="md">
        <div>
          <Title order={1}>{words.recoveryTitle}</Title>
          <Text size="sm">{words.recoveryText}</Text>
        </div>
        <Group justify="space-between" align="center" wrap="nowrap" className={classes.code}>
          <Text component="p" aria-label={words.recoveryCode} className={classes.groups}>
            {groups.map((group, index) => (
              // What is asked for disappears from the screen once the paper is there.
              <span key={group}>{printed && asked.includes(index) ? '•'.repeat(group.length) : group}</span>
            ))}
          </Text>
          <Button
            variant={printed ? 'default' : 'filled'}
            leftSection={<PrintIcon />}
            onClick={print}
            autoFocus
          >
            {words.recoveryPrint}
          </Button>
        </Group>
        <Text size="sm">{words.recoveryProof}</Text>
        <Group>
          {asked.map((index) => (
            <TextInput
              key={index}
              label={words.group(index)}
              className="tabular"
              w="10rem"
              maxLength={12}
              autoComplete="off"
              spellCheck={false}
              value={typed.get(index) ?? ''}
              onChange={(event) => setTyped(new Map(typed).set(index, event.currentTarget.value))}
            />
          ))}
        </Group>
        {confirm.error !== null && <ProblemNote problem={problemOf(confirm.error)} />}
        <Group justify="space-between" align="flex-end" wrap="nowrap">
          <Text size="xs" c="dimmed" maw="20rem">
            {words.laterHint}
          </Text>
          <Group gap="xs" wrap="nowrap">
            <Button variant="default" onClick={onLater}>
              {words.later}
            </Button>
            <Button
              type="submit"
              data-primary
              disabled={!complete}
              loading={confirm.isPending}
              rightSection={<ShortcutKeys shortcut="Ctrl+Enter" />}
              aria-keyshortcuts="Control+Enter"
            >
              {words.confirm}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
