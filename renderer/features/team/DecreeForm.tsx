import { TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { NewDecree } from '../../../shared/contract/team.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { fits, useKeptState } from '../../app/use-kept-state.ts';
import { DateField } from '../../components/DateField.tsx';
import { DialogForm } from '../../components/DialogForm.tsx';
import { words } from './words.ts';

const TypedDecree = z.object({
  number: z.string(),
  dated: z.string(),
  about: z.string(),
  startsOn: z.string(),
  endsOn: z.string().nullable(),
});
type TypedDecree = z.infer<typeof TypedDecree>;

/** The lurah's decree, as it stands on its paper. */
export function DecreeForm({ teamName, onDone }: { teamName: string; onDone: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [initialValues, onValuesChange, forget] = useKeptState<TypedDecree>(
    'team.decree.new',
    { number: '', dated: '', about: words.aboutStart(teamName), startsOn: '', endsOn: null },
    fits(TypedDecree),
  );
  const form = useForm<TypedDecree>({
    initialValues,
    onValuesChange,
    validate: schemaResolver(NewDecree, { sync: true }),
  });
  const add = useMutation(
    trpc.team.addDecree.mutationOptions({
      meta: { quiet: true },
      onSuccess: async () => {
        forget();
        onDone();
        tellDone(words.decreeSaved);
        await queries.invalidateQueries(trpc.team.pathFilter());
      },
    }),
  );
  return (
    <DialogForm
      submitLabel={words.saveDecree}
      busy={add.isPending}
      error={add.error}
      onSubmit={form.onSubmit((typed) => add.mutate(typed))}
      onCancel={() => {
        forget();
        onDone();
      }}
    >
      <TextInput label={words.number} maxLength={80} data-autofocus {...form.getInputProps('number')} />
      <DateField
        label={words.dated}
        value={form.values.dated === '' ? null : form.values.dated}
        onChange={(day) => {
          form.setFieldValue('dated', day ?? '');
          if (form.values.startsOn === '') form.setFieldValue('startsOn', day ?? '');
        }}
        error={form.errors['dated']}
      />
      <TextInput label={words.about} maxLength={200} {...form.getInputProps('about')} />
      <DateField
        label={words.startsOn}
        value={form.values.startsOn === '' ? null : form.values.startsOn}
        onChange={(day) => form.setFieldValue('startsOn', day ?? '')}
        error={form.errors['startsOn']}
      />
      <DateField
        label={words.endsOn}
        description={words.endsOnHint}
        value={form.values.endsOn}
        onChange={(day) => form.setFieldValue('endsOn', day)}
        error={form.errors['endsOn']}
      />
    </DialogForm>
  );
}
