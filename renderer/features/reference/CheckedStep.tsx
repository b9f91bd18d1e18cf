import { Alert, Button, Group, Paper, Radio, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import type { ReferenceListInfo, ReferenceProgress } from '../../../shared/contract/reference.ts';
import { referenceSourceLabel } from '../../../shared/domain/reference.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useKeptState } from '../../app/use-kept-state.ts';
import { DateField } from '../../components/DateField.tsx';
import { formatDate, formatInstant } from '../../components/formats.ts';
import { AlertIcon } from '../../components/icons.tsx';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { SearchSelect } from '../../components/SearchSelect.tsx';
import { isNewest, isTaken, likelyBase, otherNames } from './list-names.ts';
import { isReplaces, ReplacesChoice, type Replaces } from './ReplacesChoice.tsx';
import { ReportView } from './ReportView.tsx';
import type { useImport } from './use-import.ts';
import { useStepForm } from './use-step-form.ts';
import { words } from './words.ts';

interface CheckedStepProps {
  importing: ReturnType<typeof useImport>;
  job: ReferenceProgress;
  /** Why the last try to store it did not end well. */
  problem: { message: string; next: string } | null;
}

/** What the check found, and under which name and date it is stored. */
export function CheckedStep({ importing, job, problem }: CheckedStepProps) {
  const { report, sameFile } = job;
  const lists = useQuery(useTRPC().reference.lists.queryOptions());
  if (report === null) return null;
  return (
    <Stack gap="md">
      {sameFile !== null && (
        <Alert color="orange" variant="light" icon={<AlertIcon />}>
          {words.sameFile(sameFile.name, sameFile.version, formatInstant(sameFile.importedAt))}
        </Alert>
      )}
      <Paper p="lg">
        <Title order={2} mb="md">
          {words.checkedTitle}
        </Title>
        <ReportView report={report} refusedOf={importing.howToRead()} />
      </Paper>
      {/* Before it is known which lists stand, Ctrl+Enter would store it beside none of them. */}
      <Waiting query={lists} />
      {lists.data !== undefined && (
        <SaveForm importing={importing} job={job} problem={problem} lists={lists.data} />
      )}
    </Stack>
  );
}

/** Stored as a version of its own, beside nothing. */
const direct = 'langsung';

function SaveForm({ importing, job, problem, lists }: CheckedStepProps & { lists: ReferenceListInfo[] }) {
  const { chosen, howToRead, startImport, startStage, restart } = importing;
  const comparable = lists.filter((list) => list.source === chosen.source && isNewest(list, lists));
  const [stated, setStated, forgetStated] = useKeptState(`reference.beside.${job.id}`, '', isText);
  const isStated = stated === direct || comparable.some(({ id }) => id === stated);
  const likely = likelyBase(
    comparable,
    (job.report?.detectedAreas ?? []).flatMap(({ kelurahan }) => kelurahan ?? []),
  );
  const beside = isStated ? stated : (likely?.id ?? direct);
  const base = comparable.find(({ id }) => id === beside) ?? null;
  const besideName = base?.name ?? null;
  const [whole, setWhole, forgetWhole] = useKeptState(`reference.whole.${job.id}`, true, isYesOrNo);
  const [replaces, setReplaces, forgetReplaces] = useKeptState<Replaces | null>(
    `reference.replaces.${job.id}`,
    null,
    isReplaces,
  );
  const form = useStepForm();
  const [attempted, setAttempted] = useState(false);
  const [name, setName, forgetName] = useKeptState(
    `reference.name.${job.id}`,
    defaultName(importing, job),
    isText,
  );
  const [listDate, setListDate, forgetDate] = useKeptState(`reference.date.${job.id}`, '', isText);
  const shownName = besideName ?? name;
  const others = otherNames(lists, chosen.source, shownName);
  // What a file leaves blank is taken from the list that it is laid beside, and from those that it replaces then.
  const mayReplace = base !== null && whole && others.length > 0;
  const replacesUnsaid = mayReplace && replaces === null;
  const taken = besideName === null && isTaken(lists, chosen.source, name);
  const persons = job.report?.persons ?? 0;
  const dateProblem = messageOf(listDate, base?.listDate ?? null);
  const dateError = attempted ? dateProblem : null;

  function save(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    setAttempted(true);
    const how = howToRead();
    if (how === null || shownName.trim() === '' || dateProblem !== null || replacesUnsaid || taken) return;
    const forget = {
      onSuccess: () => {
        forgetName();
        forgetDate();
        forgetReplaces();
        forgetStated();
        forgetWhole();
      },
    };
    const replacesOthers = mayReplace && replaces === 'seluruh';
    if (base === null) startImport.mutate({ ...how, name, listDate }, forget);
    else
      startStage.mutate({ ...how, listDate, baseListId: base.id, complete: whole, replacesOthers }, forget);
  }

  return (
    <form {...form} noValidate onSubmit={save}>
      <Paper p="lg">
        <Stack gap="md">
          <Title order={2}>{words.saveTitle}</Title>
          <Group align="flex-start" grow>
            <TextInput
              label={words.name}
              description={besideName === null ? words.nameHint : words.nameOfBase}
              required
              maxLength={80}
              disabled={besideName !== null}
              value={shownName}
              onChange={(event) => setName(event.currentTarget.value)}
              {...(taken && { error: words.nameTaken })}
            />
            <DateField
              label={words.listDate}
              description={words.listDateHint}
              required
              value={listDate === '' ? null : listDate}
              onChange={(iso) => setListDate(iso ?? '')}
              {...(dateError !== null && { error: dateError })}
            />
          </Group>
          {comparable.length > 0 && (
            <SearchSelect
              label={words.beside}
              description={words.besideHint}
              // A field of its own to the keys: Enter moves on, Ctrl+Enter goes to the button.
              value={beside}
              onChange={(id) => setStated(id ?? direct)}
              data={[
                ...comparable.map((list) => ({
                  value: list.id,
                  label: words.besideOption(list.name, list.version, formatDate(list.listDate)),
                })),
                { value: direct, label: words.besideNothing },
              ]}
            />
          )}
          {beside !== direct && (
            <Radio.Group
              label={words.whole}
              value={whole ? 'seluruh' : 'sebagian'}
              onChange={(value) => setWhole(value === 'seluruh')}
            >
              <Stack gap="xs" mt="xs">
                <Radio value="seluruh" label={words.wholeChoices.seluruh} />
                <Radio value="sebagian" label={words.wholeChoices.sebagian} />
              </Stack>
            </Radio.Group>
          )}
          {base === null && others.length > 0 && (
            <Text size="sm" role="status">
              {words.othersStay(others.map((list) => list.name).join(', '))}
            </Text>
          )}
          {mayReplace && (
            <ReplacesChoice
              value={replaces}
              onChange={setReplaces}
              others={others}
              listDate={listDate}
              error={attempted && replacesUnsaid ? words.replacesMissing : null}
            />
          )}
          {problem !== null && <ProblemNote problem={problem} />}
          {persons === 0 && <Text size="sm">{words.nothingToSave}</Text>}
          <Group justify="flex-end">
            <Button variant="default" onClick={restart}>
              {words.restart}
            </Button>
            <Button
              type="submit"
              data-primary
              disabled={persons === 0}
              loading={startImport.isPending || startStage.isPending}
              rightSection={<ShortcutKeys shortcut="Ctrl+Enter" />}
              aria-keyshortcuts="Control+Enter"
            >
              {beside === direct ? words.save(persons) : words.toBeside}
            </Button>
          </Group>
        </Stack>
      </Paper>
    </form>
  );
}

function defaultName({ chosen }: ReturnType<typeof useImport>, job: ReferenceProgress): string {
  const areas = job.report?.detectedAreas ?? [];
  const [only] = areas;
  const source = referenceSourceLabel[chosen.source];
  return areas.length === 1 && only !== undefined ? words.defaultName(source, titled(only.name)) : source;
}

/** `CEMPAKA BARU` → `Cempaka Baru`. */
function titled(name: string): string {
  return name.toLowerCase().replace(/(^|\s)\p{L}/gu, (first) => first.toUpperCase());
}

/** @param base date of the list that it is laid beside. */
function messageOf(listDate: string, base: string | null): string | null {
  if (listDate === '') return words.listDateMissing;
  if (base !== null && listDate < base) return words.listDateBefore(formatDate(base));
  return formatToday() < listDate ? words.listDateFuture : null;
}

function formatToday(): string {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
}

function isYesOrNo(kept: unknown): kept is boolean {
  return typeof kept === 'boolean';
}

function isText(kept: unknown): kept is string {
  return typeof kept === 'string';
}
