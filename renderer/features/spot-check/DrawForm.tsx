import { Select, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { z } from 'zod';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { fits, useKeptState } from '../../app/use-kept-state.ts';
import { DialogForm } from '../../components/DialogForm.tsx';
import { words } from './words.ts';

const everybody = '*';

const TypedDraw = z.object({ count: z.string(), enumerator: z.string() });
type TypedDraw = z.infer<typeof TypedDraw>;

/** How many visits to draw, and of whom. */
export function DrawForm({
  drawable,
  onDone,
}: {
  drawable: readonly { enumerator: string; visits: number }[];
  onDone: () => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [typed, setTyped, forget] = useKeptState<TypedDraw>(
    'spotCheck.draw',
    { count: '3', enumerator: everybody },
    fits(TypedDraw),
  );
  const { count } = typed;
  // Whoever has no visit to be drawn any more is not on the list.
  const enumerator = drawable.some((one) => one.enumerator === typed.enumerator)
    ? typed.enumerator
    : everybody;
  const [tried, setTried] = useState(false);
  const right = /^([1-9]|[1-4]\d|50)$/.test(count.trim());
  const draw = useMutation(
    trpc.spotCheck.draw.mutationOptions({
      meta: { quiet: true },
      onSuccess: async ({ drawn }) => {
        forget();
        onDone();
        tellDone(words.drawn(drawn));
        await queries.invalidateQueries(trpc.spotCheck.pathFilter());
      },
    }),
  );
  return (
    <DialogForm
      submitLabel={words.draw}
      busy={draw.isPending}
      error={draw.error}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (right)
          draw.mutate({ count: Number(count), enumerator: enumerator === everybody ? null : enumerator });
      }}
      onCancel={() => {
        forget();
        onDone();
      }}
    >
      <Text size="sm">{words.drawText}</Text>
      <TextInput
        label={words.count}
        inputMode="numeric"
        maxLength={2}
        value={count}
        onChange={(event) => setTyped({ ...typed, count: event.currentTarget.value })}
        onFocus={(event) => event.currentTarget.select()}
        data-autofocus
        error={tried && !right ? words.countWrong : undefined}
      />
      <Select
        label={words.enumerator}
        data={[
          { value: everybody, label: words.everybody },
          ...drawable.map(({ enumerator: name, visits }) => ({
            value: name,
            label: words.officer(name, visits),
          })),
        ]}
        value={enumerator}
        onChange={(value) => setTyped({ ...typed, enumerator: value ?? everybody })}
        allowDeselect={false}
      />
    </DialogForm>
  );
}
