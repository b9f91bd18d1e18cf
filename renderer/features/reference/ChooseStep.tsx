import { Button, Checkbox, Group, Paper, Radio, SimpleGrid, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState, type SubmitEvent } from 'react';
import { UploadInfo } from '../../../shared/contract/reference.ts';
import { ReferenceSource, referenceSourceLabel } from '../../../shared/domain/reference.ts';
import { editionOf } from '../../../shared/domain/code-list.ts';
import { postFile } from '../../app/files.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useSessionStore } from '../../app/session-context.ts';
import { formatFileSize } from '../../components/formats.ts';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { SearchSelect } from '../../components/SearchSelect.tsx';
import { type Chosen, needsMapping } from './phase.ts';
import classes from './reference.module.css';
import type { useImport } from './use-import.ts';
import { useStepForm } from './use-step-form.ts';
import { type CodeChoice, words } from './words.ts';

const accept = {
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['.xlsx'],
  'text/csv': ['.csv'],
  'text/plain': ['.txt'],
};

interface ChooseStepProps {
  importing: ReturnType<typeof useImport>;
  /** Why the file that was chosen could not be read. */
  problem: { message: string; next: string } | null;
}

/** Which file, which kind of list, whose area codes. */
export function ChooseStep({ importing, problem }: ChooseStepProps) {
  const { chosen, choose, startCheck, startPreview, howToRead } = importing;
  const mapped = needsMapping(chosen);
  const [attempted, setAttempted] = useState(false);
  const form = useStepForm();
  const trpc = useTRPC();
  const areas = useQuery(trpc.setup.areas.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  const editions = useQuery(
    trpc.reference.codeLists.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }),
  );
  const editionFor = (id: string) => {
    const list = editions.data?.find((candidate) => candidate.id === id);
    return list === undefined ? '' : editionOf(list);
  };
  const kelurahan = (areas.data ?? []).flatMap(({ code, name, level }) =>
    level === 'kelurahan' ? { value: code, label: `${name} (${code})` } : [],
  );
  const isUnknown = needsMapping({ source: chosen.source, ownColumns: false });

  function check(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    setAttempted(true);
    const how = howToRead();
    if (how === null) return;
    if (mapped) startPreview.mutate({ uploadId: how.uploadId, headerRow: null });
    else startCheck.mutate(how);
  }

  return (
    <form {...form} noValidate onSubmit={check}>
      <Paper p="lg">
        <Stack gap="lg">
          <FileField
            upload={chosen.upload}
            missing={attempted && chosen.upload === null}
            onUpload={(upload) => choose({ upload })}
          />
          <Radio.Group
            label={words.source}
            value={chosen.source}
            onChange={(value) => choose({ source: ReferenceSource.parse(value) })}
          >
            <SimpleGrid cols={3} spacing="sm" verticalSpacing="xs" mt="xs">
              {ReferenceSource.options.map((source) => (
                <Radio
                  key={source}
                  value={source}
                  label={referenceSourceLabel[source]}
                  description={[words.sourceHints[source], source === 'PPKS' ? editionFor('ppks') : '']
                    .filter((text) => text !== '')
                    .join(' ')}
                />
              ))}
            </SimpleGrid>
          </Radio.Group>
          {!isUnknown && (
            <Checkbox
              label={words.ownColumns}
              description={words.ownColumnsHint}
              checked={chosen.ownColumns}
              onChange={(event) => choose({ ownColumns: event.currentTarget.checked })}
            />
          )}
          <CodesField
            chosen={chosen}
            missing={attempted}
            editions={{ bps: editionFor('wilayah-bps'), kemendagri: editionFor('wilayah-kemendagri') }}
            onChange={(codes) => choose({ codes })}
          />
          <SearchSelect
            label={words.kelurahan}
            description={words.kelurahanHint}
            placeholder={words.kelurahanNone}
            data={kelurahan}
            value={chosen.kelurahan}
            onChange={(code) => choose({ kelurahan: code })}
            clearable
            limit={40}
            w="24rem"
          />
          {problem !== null && <ProblemNote problem={problem} />}
          <Group justify="flex-end">
            <Button
              type="submit"
              data-primary
              loading={startCheck.isPending || startPreview.isPending}
              rightSection={<ShortcutKeys shortcut="Ctrl+Enter" />}
              aria-keyshortcuts="Control+Enter"
            >
              {mapped ? words.toMapping : words.check}
            </Button>
          </Group>
        </Stack>
      </Paper>
    </form>
  );
}

const codeChoices = ['bps', 'kemendagri', 'tanpa'] as const satisfies CodeChoice[];

function CodesField({
  chosen,
  missing,
  editions,
  onChange,
}: {
  chosen: Chosen;
  missing: boolean;
  /** By what each of the systems is read; empty while that is on its way. */
  editions: Partial<Record<CodeChoice, string>>;
  onChange: (codes: CodeChoice | null) => void;
}) {
  return (
    <Radio.Group
      label={words.codes}
      description={words.codesHint}
      error={missing && chosen.codes === null ? words.codesMissing : null}
      value={chosen.codes}
      onChange={(value) => onChange(codeChoices.find((choice) => choice === value) ?? null)}
    >
      <Stack gap="xs" mt="xs" mb="xs">
        {codeChoices.map((choice) => (
          <Radio
            key={choice}
            value={choice}
            label={words.codeChoices[choice]}
            description={editions[choice]}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

interface FileFieldProps {
  upload: UploadInfo | null;
  missing: boolean;
  onUpload: (upload: UploadInfo) => void;
}

/** The file goes to the office as soon as it is chosen; it lies there sealed until it is stored. */
function FileField({ upload, missing, onUpload }: FileFieldProps) {
  const session = useSessionStore();
  const open = useRef<() => void>(null);
  const [refused, setRefused] = useState(false);
  const send = useMutation({
    meta: { quiet: true },
    mutationFn: async (file: File) =>
      UploadInfo.parse(
        await postFile(session, '/files/upload', file, 'application/octet-stream', {
          'x-file-name': encodeURIComponent(file.name),
        }),
      ),
    onSuccess: onUpload,
  });

  return (
    <Dropzone
      className={classes.drop}
      openRef={open}
      accept={accept}
      multiple={false}
      maxFiles={1}
      loading={send.isPending}
      // The button inside is what the keyboard reaches; the zone itself is for the mouse.
      activateOnKeyboard={false}
      activateOnClick={false}
      onDrop={(files: readonly File[]) => {
        const [file] = files;
        setRefused(false);
        if (file !== undefined) send.mutate(file);
      }}
      onReject={() => setRefused(true)}
      inputProps={{ 'aria-label': words.file }}
    >
      <Group justify="space-between" wrap="nowrap">
        <div>
          {upload === null ? (
            <Text fw={500}>{words.dropHere}</Text>
          ) : (
            <Text fw={500}>
              {upload.name}{' '}
              <Text span size="sm" c="dimmed" fw={400}>
                {formatFileSize(upload.size)}
              </Text>
            </Text>
          )}
          <Text size="sm" c="dimmed">
            {send.isPending ? words.uploading : words.accepted}
          </Text>
          <div role="alert">
            {refused && <ErrorLine text={words.notAccepted} />}
            {send.error !== null && <ErrorLine text={sentenceOf(send.error)} />}
            {missing && <ErrorLine text={words.fileMissing} />}
          </div>
        </div>
        <Button variant="default" data-autofocus autoFocus onClick={() => open.current?.()}>
          {upload === null ? words.choose : words.chooseAnother}
        </Button>
      </Group>
    </Dropzone>
  );
}

function ErrorLine({ text }: { text: string }) {
  return (
    <Text size="sm" c="var(--mantine-color-error)" mt={4}>
      {text}
    </Text>
  );
}

function sentenceOf(error: unknown): string {
  const { message, next } = problemOf(error);
  return `${message} ${next}`;
}
