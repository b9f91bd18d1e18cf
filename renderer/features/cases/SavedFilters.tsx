import { Modal, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { CaseFilter } from '../../../shared/contract/cases.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { isText, useKeptState } from '../../app/use-kept-state.ts';
import { DialogForm } from '../../components/DialogForm.tsx';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { caseListActions } from './actions.ts';
import { isSameFilter } from './case-list-search.ts';
import { words } from './words.ts';

interface SavedFiltersProps {
  /** What is set now. */
  filter: CaseFilter;
  onChoose: (filter: CaseFilter) => void;
}

/** The filters somebody saved under a name: `Alt+G` and the arrows choose one, `Alt+S` saves what is set. */
export function SavedFilters({ filter, onChoose }: SavedFiltersProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  const [naming, setNaming] = useState(false);
  const saved = useQuery(trpc.cases.filters.queryOptions()).data ?? [];
  const current = saved.find((one) => isSameFilter(one.filter, filter))?.name ?? null;
  const drop = useMutation(
    trpc.cases.dropFilter.mutationOptions({
      onSuccess: async (_result, { name }) => {
        tellDone(words.filterDropped(name));
        await queries.invalidateQueries(trpc.cases.filters.pathFilter());
      },
    }),
  );
  const save = {
    ...caseListActions.saveFilter,
    when: () => Object.keys(filter).length > 0,
    perform: () => setNaming(true),
  };
  const forget = {
    ...caseListActions.dropFilter,
    when: () => current !== null && !drop.isPending,
    perform: () => {
      if (current !== null) drop.mutate({ name: current });
    },
  };
  const choose = {
    ...caseListActions.chooseFilter,
    when: () => saved.length > 0,
    perform: () => field.current?.focus(),
  };
  useActions([choose, save, forget]);
  return (
    <>
      {saved.length > 0 && (
        <Select
          ref={field}
          aria-label={words.savedFilters}
          placeholder={words.savedFilters}
          data={saved.map(({ name }) => name)}
          value={current}
          onChange={(name) => {
            const chosen = saved.find((one) => one.name === name);
            if (chosen !== undefined) onChoose(chosen.filter);
          }}
          rightSection={current === null ? <ShortcutKeys shortcut="Alt+G" /> : undefined}
          rightSectionWidth={current === null ? '4.5rem' : undefined}
          w="15rem"
        />
      )}
      {Object.keys(filter).length > 0 && current === null && <ActionButton action={save} variant="default" />}
      {current !== null && <ActionButton action={forget} variant="subtle" color="gray" />}
      <Modal opened={naming} onClose={() => setNaming(false)} title={words.saveFilter}>
        {naming && <NameForm filter={filter} onDone={() => setNaming(false)} />}
      </Modal>
    </>
  );
}

function NameForm({ filter, onDone }: { filter: CaseFilter; onDone: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [name, setName, forget] = useKeptState<string>('cases.filterName', '', isText);
  const [tried, setTried] = useState(false);
  const save = useMutation(
    trpc.cases.saveFilter.mutationOptions({
      meta: { quiet: true },
      onSuccess: async () => {
        forget();
        onDone();
        tellDone(words.filterSaved(name.trim()));
        await queries.invalidateQueries(trpc.cases.filters.pathFilter());
      },
    }),
  );
  return (
    <DialogForm
      submitLabel={words.saveFilter}
      busy={save.isPending}
      error={save.error}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (name.trim() !== '') save.mutate({ name, filter });
      }}
      onCancel={() => {
        forget();
        onDone();
      }}
    >
      <TextInput
        label={words.filterName}
        description={words.filterNameHint}
        maxLength={60}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={tried && name.trim() === '' ? words.filterNameMissing : undefined}
      />
    </DialogForm>
  );
}
