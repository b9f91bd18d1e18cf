import {
  Fieldset,
  Group,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Switch,
  TagsInput,
  Text,
  Textarea,
  TextInput,
  Input,
} from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { z } from 'zod';
import { Settings } from '../../../shared/contract/settings.ts';
import { PeriodStage, periodStageLabel } from '../../../shared/domain/calendar.ts';
import { caseStateLabel } from '../../../shared/domain/case-words.ts';
import { queueStates } from '../../../shared/domain/queue.ts';
import { formatCaseNumber } from '../../../shared/domain/case-number.ts';
import { CapableRule } from '../../../shared/domain/muskel.ts';
import { documentKindLabel, formatLetterNumber, LetterKind } from '../../../shared/domain/document.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { tellDone } from '../../app/notify.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useSession, useSessionStore } from '../../app/session-context.ts';
import { useKeptState } from '../../app/use-kept-state.ts';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { useEnterMovesOn } from '../../components/use-enter-moves-on.ts';
import { LinesField } from './LinesField.tsx';
import { settingsActions } from './actions.ts';
import { words } from './words.ts';

const Typed = Settings.omit({ recoveryConfirmedAt: true, printers: true, printer: true });
type Typed = z.infer<typeof Typed>;

const monthName = new Intl.DateTimeFormat('id-ID', { month: 'long', timeZone: 'UTC' });
const months = Array.from({ length: 12 }, (_, index) => ({
  value: String(index + 1),
  label: monthName.format(Date.UTC(2026, index, 1)),
}));

function isTyped(kept: unknown): kept is Typed {
  return Typed.safeParse(kept).success;
}

export function SettingsForm({ settings }: { settings: Settings }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const session = useSession();
  const store = useSessionStore();
  const formRef = useRef<HTMLFormElement>(null);
  useEnterMovesOn(formRef);
  const [typed, setTyped, forget] = useKeptState<Typed>('settings.form', Typed.parse(settings), isTyped);
  const form = useForm<Typed>({
    initialValues: typed,
    validate: schemaResolver(Typed, { sync: true }),
    onValuesChange: setTyped,
  });
  const update = useMutation(
    trpc.settings.update.mutationOptions({
      meta: { quiet: true },
      onSuccess: async (saved) => {
        forget();
        form.resetDirty(Typed.parse(saved));
        store.refresh({ ...session, idleMinutes: saved.idleMinutes });
        tellDone(words.saved);
        await queries.invalidateQueries(trpc.settings.pathFilter());
      },
    }),
  );
  const save = {
    ...settingsActions.save,
    when: () => !update.isPending,
    perform: () => formRef.current?.requestSubmit(),
  };
  useActions([save]);
  const example = formatCaseNumber(form.values.caseNumberFormat, {
    kelurahan: '31.71.01.1001',
    year: session.today.slice(0, 4),
    serial: 12,
  });

  const letterExample = formatLetterNumber(form.values.letterNumberFormat, {
    serial: 12,
    code: form.values.letterCodes.berita_acara,
    dated: session.today,
  });

  return (
    <form ref={formRef} noValidate onSubmit={form.onSubmit((values) => update.mutate(values))}>
      <Stack gap="lg">
        <Fieldset legend={words.letterhead}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label={words.province}
              description={words.provinceHint}
              maxLength={80}
              {...form.getInputProps('provinceName')}
            />
            <Input.Wrapper label={words.paper} description={words.paperHint} labelElement="div">
              <div>
                <SegmentedControl
                  aria-label={words.paper}
                  data={['F4', 'A4']}
                  value={form.values.paper}
                  onChange={(paper) => form.setFieldValue('paper', paper === 'A4' ? 'A4' : 'F4')}
                />
              </div>
            </Input.Wrapper>
            <TextInput label={words.address} maxLength={200} {...form.getInputProps('officeAddress')} />
            <TextInput
              label={words.phone}
              maxLength={40}
              inputMode="tel"
              {...form.getInputProps('officePhone')}
            />
          </SimpleGrid>
        </Fieldset>
        <Fieldset legend={words.period}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <MultiSelect
              label={words.periodMonths}
              description={words.periodMonthsHint}
              data={months}
              value={form.values.periodMonths.map(String)}
              onChange={(values) =>
                form.setFieldValue(
                  'periodMonths',
                  values.map(Number).sort((left, right) => left - right),
                )
              }
              error={form.errors['periodMonths']}
            />
            <TextInput
              label={words.caseNumber}
              description={words.caseNumberHint(example)}
              spellCheck={false}
              {...form.getInputProps('caseNumberFormat')}
            />
            <TagsInput
              label={words.passiveReasons}
              description={words.passiveReasonsHint}
              {...form.getInputProps('passiveReasons')}
            />
            <TextInput label={words.teamName} maxLength={80} {...form.getInputProps('teamName')} />
            <TextInput
              label={words.signingPlace}
              description={words.signingPlaceHint}
              maxLength={60}
              {...form.getInputProps('signingPlace')}
            />
          </SimpleGrid>
        </Fieldset>
        <Fieldset legend={words.letters}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label={words.letterNumber}
              description={words.letterNumberHint(letterExample)}
              spellCheck={false}
              {...form.getInputProps('letterNumberFormat')}
            />
            <TagsInput
              label={words.teamOrigins}
              description={words.teamOriginsHint}
              {...form.getInputProps('teamOrigins')}
            />
            {LetterKind.options.map((kind) => (
              <TextInput
                key={kind}
                label={words.letterCode(documentKindLabel[kind])}
                spellCheck={false}
                {...form.getInputProps(`letterCodes.${kind}`)}
              />
            ))}
          </SimpleGrid>
        </Fieldset>
        <Fieldset legend={words.papers}>
          <Stack gap="md">
            <Textarea
              label={words.minutesClosing}
              autosize
              minRows={2}
              maxLength={600}
              {...form.getInputProps('minutesClosing')}
            />
            <LinesField
              label={words.sptjmStatements}
              description={words.linesHint}
              value={form.values.sptjmStatements}
              onChange={(lines) => form.setFieldValue('sptjmStatements', lines)}
              error={form.errors['sptjmStatements']}
            />
            <LinesField
              label={words.letterRecipient}
              description={words.linesHint}
              value={form.values.letterRecipient}
              onChange={(lines) => form.setFieldValue('letterRecipient', lines)}
              error={form.errors['letterRecipient']}
            />
          </Stack>
        </Fieldset>
        <Fieldset legend={words.muskel}>
          <SegmentedControl
            aria-label={words.muskelCapable}
            data={[
              { value: 'tidak_layak', label: words.capableLeaves },
              { value: 'lanjut', label: words.capableGoesOn },
            ]}
            value={form.values.muskelCapable}
            onChange={(value) => form.setFieldValue('muskelCapable', CapableRule.parse(value))}
          />
          <Text size="sm" c="dimmed">
            {words.muskelCapable}
          </Text>
        </Fieldset>
        <Fieldset legend={words.calendar}>
          <Text size="sm" c="dimmed" mb="xs">
            {words.calendarHint}
          </Text>
          <SimpleGrid cols={{ base: 2, sm: 5 }}>
            <NumberInput
              label={words.objectionDays}
              min={0}
              max={90}
              allowDecimal={false}
              clampBehavior="none"
              {...form.getInputProps('objectionDays')}
            />
            <NumberInput
              label={words.objectionAnswerDays}
              min={1}
              max={90}
              allowDecimal={false}
              clampBehavior="none"
              {...form.getInputProps('objectionAnswerDays')}
            />
            {PeriodStage.options.map((stage) => (
              <NumberInput
                key={stage}
                label={periodStageLabel[stage]}
                min={0}
                max={365}
                allowDecimal={false}
                clampBehavior="none"
                {...form.getInputProps(`calendar.${stage}`)}
              />
            ))}
          </SimpleGrid>
        </Fieldset>
        <Fieldset legend={words.queues}>
          <Text size="sm" c="dimmed" mb="xs">
            {words.queuesHint}
          </Text>
          <SimpleGrid cols={{ base: 2, sm: 5 }}>
            {queueStates.map((state) => (
              <NumberInput
                key={state}
                label={caseStateLabel[state]}
                min={1}
                max={365}
                allowDecimal={false}
                clampBehavior="none"
                {...form.getInputProps(`queueDays.${state}`)}
              />
            ))}
          </SimpleGrid>
          <NumberInput
            mt="md"
            w="22rem"
            label={words.approvalSample}
            description={words.approvalSampleHint}
            min={1}
            max={100}
            suffix=" %"
            allowDecimal={false}
            clampBehavior="none"
            {...form.getInputProps('approvalSample')}
          />
        </Fieldset>
        <Fieldset legend={words.findings}>
          <LinesField
            label={words.regionalPrograms}
            description={words.regionalProgramsHint}
            value={form.values.regionalPrograms}
            onChange={(lines) => form.setFieldValue('regionalPrograms', lines)}
            error={form.errors['regionalPrograms']}
          />
        </Fieldset>
        <Fieldset legend={words.sending}>
          <Switch
            label={words.sendRefusing}
            description={words.sendRefusingHint}
            {...form.getInputProps('sendRefusing', { type: 'checkbox' })}
          />
        </Fieldset>
        <Fieldset legend={words.security}>
          <NumberInput
            label={words.idleMinutes}
            description={words.idleMinutesHint}
            min={1}
            max={120}
            allowDecimal={false}
            clampBehavior="none"
            w="16rem"
            {...form.getInputProps('idleMinutes')}
          />
        </Fieldset>
        {update.error !== null && <ProblemNote problem={problemOf(update.error)} />}
        <Group justify="flex-end">
          <ActionButton action={save} loading={update.isPending} />
        </Group>
      </Stack>
    </form>
  );
}
