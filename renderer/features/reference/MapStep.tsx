import { Button, Group, Modal, Paper, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { z } from 'zod';
import type { PreviewSheet, SavedMapping } from '../../../shared/contract/reference.ts';
import {
  lastHeaderRow,
  type ListMapping,
  MappedRole,
  mappedRoleLabel,
  mappingProblem,
} from '../../../shared/domain/list-mapping.ts';
import { useTRPC } from '../../app/rpc.ts';
import { isText, useKeptState } from '../../app/use-kept-state.ts';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { SearchSelect } from '../../components/SearchSelect.tsx';
import { fitOf, rolesOf, withSaved } from './mapping.ts';
import classes from './reference.module.css';
import type { useImport } from './use-import.ts';
import { useStepForm } from './use-step-form.ts';
import { words } from './words.ts';

interface MapStepProps {
  importing: ReturnType<typeof useImport>;
  sheets: readonly PreviewSheet[];
  problem: { message: string; next: string } | null;
}

/** What each column of an unknown list means. */
export function MapStep({ importing, sheets, problem }: MapStepProps) {
  const [sheetName, setSheetName] = useState(sheets[0]?.name ?? null);
  const sheet = sheets.find(({ name }) => name === sheetName) ?? sheets[0];
  if (sheet === undefined) {
    return (
      <Paper p="lg">
        <Stack gap="md" align="flex-start">
          <Text role="status">{words.mapNoSheets}</Text>
          <Button variant="default" autoFocus onClick={importing.restart}>
            {words.restart}
          </Button>
        </Stack>
      </Paper>
    );
  }
  return (
    <MapForm
      key={`${importing.chosen.previewId} ${sheet.name}`}
      importing={importing}
      sheet={sheet}
      sheets={sheets}
      onSheet={setSheetName}
      problem={problem}
    />
  );
}

interface MapFormProps extends MapStepProps {
  sheet: PreviewSheet;
  onSheet: (name: string | null) => void;
}

function MapForm({ importing, sheet, sheets, onSheet, problem }: MapFormProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const form = useStepForm();
  // The file is read anew for another row of headers, and when its choice is gone back to: what was said of it stays.
  const uploadId = importing.chosen.upload?.uploadId ?? '';
  const [roles, setRoles] = useKeptState<MappedRole[]>(
    `reference.map.${uploadId}.${sheet.name ?? ''}.${sheet.headerRow}`,
    rolesOf(sheet, importing.chosen.mapping),
    isRoles,
  );
  const [name, setName] = useKeptState(`reference.mapName.${uploadId}`, '', isText);
  const [attempted, setAttempted] = useState(false);
  const saved = useQuery(trpc.reference.mappings.queryOptions());
  const keep = useMutation(
    trpc.reference.saveMapping.mutationOptions({
      onSuccess: () => queries.invalidateQueries(trpc.reference.mappings.pathFilter()),
    }),
  );
  const columns = sheet.columns.map(({ header, at }, index) => ({
    header,
    at,
    role: roles[index] ?? 'answer',
  }));
  const wrong = mappingProblem(columns);
  const mapping: ListMapping = { sheet: sheet.name, headerRow: sheet.headerRow, columns };

  function check(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    setAttempted(true);
    if (wrong !== null) {
      form.ref.current?.querySelector<HTMLElement>('tbody input')?.focus();
      return;
    }
    if (name.trim() !== '') keep.mutate({ name, source: importing.chosen.source, columns });
    importing.checkMapped(mapping);
  }

  return (
    <form {...form} noValidate onSubmit={check}>
      <Paper p="lg">
        <Stack gap="md">
          <div>
            <Title order={2}>{words.mapTitle}</Title>
            <Text size="sm" c="dimmed">
              {words.mapText}
            </Text>
          </div>
          <Where importing={importing} sheet={sheet} sheets={sheets} onSheet={onSheet} />
          <SavedChoice
            saved={saved.data ?? []}
            sheet={sheet}
            onChoose={(chosen) => setRoles(withSaved(sheet, roles, chosen))}
          />
          <Table verticalSpacing={4} aria-label={words.mapTable}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.mapColumns.header}</Table.Th>
                <Table.Th>{words.mapColumns.samples}</Table.Th>
                <Table.Th w="16rem">{words.mapColumns.role}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {sheet.columns.map((column, index) => (
                // Two columns may bear the same header: their place tells them apart.
                // oxlint-disable-next-line react/no-array-index-key
                <Table.Tr key={`${index} ${column.header}`}>
                  <Table.Td fw={500}>{column.header}</Table.Td>
                  <Table.Td className={classes.samples}>{column.samples.join(' · ')}</Table.Td>
                  <Table.Td>
                    <SearchSelect
                      size="xs"
                      aria-label={words.roleOf(column.header)}
                      data={roleOptions}
                      value={roles[index] ?? 'answer'}
                      onChange={(role) =>
                        setRoles(
                          sheet.columns.map((_, at) =>
                            at === index ? MappedRole.parse(role) : (roles[at] ?? 'answer'),
                          ),
                        )
                      }
                    />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <TextInput
            label={words.mapName}
            description={words.mapNameHint}
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <div role="alert">
            {attempted && wrong !== null && <Text c="var(--mantine-color-error)">{wrong}</Text>}
          </div>
          {problem !== null && <ProblemNote problem={problem} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={importing.backToChoice}>
              {words.mapBack}
            </Button>
            <Button
              type="submit"
              data-primary
              loading={importing.startCheck.isPending}
              rightSection={<ShortcutKeys shortcut="Ctrl+Enter" />}
              aria-keyshortcuts="Control+Enter"
            >
              {words.check}
            </Button>
          </Group>
        </Stack>
      </Paper>
    </form>
  );
}

const roleOptions = MappedRole.options.map((role) => ({ value: role, label: mappedRoleLabel[role] }));

/** Which sheet, and in which row the headers stand. */
function Where({ importing, sheet, sheets, onSheet }: Omit<MapFormProps, 'problem'>) {
  const { chosen, startPreview } = importing;
  return (
    <Group align="flex-end">
      {sheets.length > 1 && (
        <SearchSelect
          label={words.mapSheet}
          data={sheets.map(({ name }) => name ?? '')}
          value={sheet.name ?? ''}
          onChange={onSheet}
        />
      )}
      <SearchSelect
        label={words.mapHeaderRow}
        w="12rem"
        data={Array.from({ length: lastHeaderRow }, (_, index) => String(index + 1))}
        value={String(sheet.headerRow)}
        onChange={(row) => {
          if (chosen.upload !== null)
            startPreview.mutate({ uploadId: chosen.upload.uploadId, headerRow: Number(row) });
        }}
      />
    </Group>
  );
}

function SavedChoice({
  saved,
  sheet,
  onChoose,
}: {
  saved: readonly SavedMapping[];
  sheet: PreviewSheet;
  onChoose: (mapping: SavedMapping) => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const forget = useMutation(
    trpc.reference.deleteMapping.mutationOptions({
      onSuccess: async () => {
        setAsking(false);
        setChosen(null);
        await queries.invalidateQueries(trpc.reference.mappings.pathFilter());
      },
    }),
  );
  if (saved.length === 0) return null;
  return (
    <Group align="flex-end">
      <SearchSelect
        label={words.mapSaved}
        placeholder={words.mapSavedNone}
        w="24rem"
        data={saved.map((mapping) => ({
          value: mapping.id,
          label: words.mapSavedOption(mapping.name, fitOf(sheet, mapping)),
        }))}
        value={chosen}
        onChange={(id) => {
          setChosen(id);
          const mapping = saved.find((candidate) => candidate.id === id);
          if (mapping !== undefined) onChoose(mapping);
        }}
      />
      {chosen !== null && (
        <Button variant="default" onClick={() => setAsking(true)}>
          {words.mapForget}
        </Button>
      )}
      <Modal opened={asking} onClose={() => setAsking(false)} title={words.mapForgetTitle}>
        <Stack gap="md">
          <Text>{words.mapForgetText}</Text>
          <Group justify="flex-end">
            <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
              {words.cancel}
            </Button>
            <Button
              color="red"
              loading={forget.isPending}
              onClick={() => chosen !== null && forget.mutate({ id: chosen })}
            >
              {words.mapForgetConfirm}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Group>
  );
}

function isRoles(kept: unknown): kept is MappedRole[] {
  return z.array(MappedRole).safeParse(kept).success;
}
