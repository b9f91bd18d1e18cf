import { SimpleGrid } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { MuskelItem } from '../../../shared/contract/muskel.ts';
import { MuskelTraits, WorkPosition, workPositionLabel, yesNoLabel } from '../../../shared/domain/muskel.ts';
import { useTRPC } from '../../app/rpc.ts';
import { CodeField } from '../../components/CodeField.tsx';
import { words } from './words.ts';

const positions = WorkPosition.options.map((value) => ({
  value,
  key: value,
  label: workPositionLabel[value],
}));
const yesNo = [
  { value: '1', key: '1', label: yesNoLabel['1'] },
  { value: '2', key: '2', label: yesNoLabel['2'] },
];

/** Columns 10 and 11 of a family's line; each code is kept as soon as it is typed. */
export function TraitFields({ muskelId, item, open }: { muskelId: string; item: MuskelItem; open: boolean }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [typed, setTyped] = useState({
    work: item.traits.work ?? '',
    disability: item.traits.disability ?? '',
  });
  const save = useMutation(
    trpc.muskel.saveTraits.mutationOptions({
      onSettled: () => queries.invalidateQueries(trpc.muskel.pathFilter()),
    }),
  );
  const right = {
    work: MuskelTraits.shape.work.safeParse(typed.work || null).success,
    disability: MuskelTraits.shape.disability.safeParse(typed.disability || null).success,
  };

  function set(change: Partial<typeof typed>) {
    const next = { ...typed, ...change };
    setTyped(next);
    const traits = MuskelTraits.safeParse({ work: next.work || null, disability: next.disability || null });
    if (traits.success) save.mutate({ muskelId, caseId: item.caseId, traits: traits.data });
  }

  return (
    <SimpleGrid cols={2} mt="md" maw="40rem">
      <CodeField
        label={words.workPosition}
        options={positions}
        value={typed.work}
        onChange={(work) => set({ work })}
        disabled={!open}
        error={right.work ? undefined : words.traitWrong('1 sampai 8')}
      />
      <CodeField
        label={words.disability}
        options={yesNo}
        value={typed.disability}
        onChange={(disability) => set({ disability })}
        disabled={!open}
        error={right.disability ? undefined : words.traitWrong('1 atau 2')}
      />
    </SimpleGrid>
  );
}
