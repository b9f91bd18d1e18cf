import { Button, Group, Stack, TextInput, Title } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { areaPaths } from '../../../shared/domain/wilayah.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { AreaPicker } from '../../components/AreaPicker.tsx';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { useFormKeys } from '../../components/use-form-keys.ts';
import { OfficeForm } from './office-draft.ts';
import { words } from './words.ts';

interface OfficeStepProps {
  draft: OfficeForm;
  onBack: () => void;
  onNext: (office: OfficeForm) => void;
}

/** Which of the 267 kelurahan and 44 kecamatan this is, and where it stands. */
export function OfficeStep({ draft, onBack, onNext }: OfficeStepProps) {
  const trpc = useTRPC();
  const areas = useQuery(
    trpc.setup.areas.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY, meta: { quiet: true } }),
  );
  const offices = useMemo(
    () =>
      areaPaths(areas.data ?? []).filter((area) => area.level === 'kelurahan' || area.level === 'kecamatan'),
    [areas.data],
  );
  const formRef = useRef<HTMLFormElement>(null);
  useFormKeys(formRef);
  const form = useForm<OfficeForm>({
    initialValues: { area: draft.area, officeAddress: draft.officeAddress, officePhone: draft.officePhone },
    validate: schemaResolver(OfficeForm, { sync: true }),
  });

  return (
    <form ref={formRef} noValidate onSubmit={form.onSubmit(onNext)}>
      <Stack gap="md">
        <Title order={1}>{words.officeTitle}</Title>
        {areas.error !== null && (
          <ProblemNote problem={problemOf(areas.error)} onRetry={() => void areas.refetch()} />
        )}
        <AreaPicker
          label={words.officeLabel}
          description={words.officeHint}
          areas={offices}
          autoFocus
          value={form.values.area === '' ? null : form.values.area}
          onChange={(code) => form.setFieldValue('area', code ?? '')}
          error={form.errors['area']}
        />
        <TextInput
          label={words.address}
          description={words.addressHint}
          maxLength={200}
          autoComplete="off"
          {...form.getInputProps('officeAddress')}
        />
        <TextInput
          label={words.phone}
          maxLength={40}
          autoComplete="off"
          inputMode="tel"
          w="14rem"
          {...form.getInputProps('officePhone')}
        />
        <Group justify="space-between">
          <Button variant="default" onClick={onBack}>
            {words.back}
          </Button>
          <Button
            type="submit"
            data-primary
            rightSection={<ShortcutKeys shortcut="Ctrl+Enter" />}
            aria-keyshortcuts="Control+Enter"
          >
            {words.next}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
