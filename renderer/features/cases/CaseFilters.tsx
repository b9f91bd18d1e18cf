import { Button, Group, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { RefObject } from 'react';
import { CaseState } from '../../../shared/domain/case-flow.ts';
import { caseStateLabel } from '../../../shared/domain/case-words.ts';
import {
  IdentificationResult,
  identificationResultLabel,
  RegistrationMode,
  registrationModeLabel,
} from '../../../shared/domain/registration.ts';
import { liesIn } from '../../../shared/domain/wilayah.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useSession } from '../../app/session-context.ts';
import { SearchIcon } from '../../components/icons.tsx';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { SearchSelect } from '../../components/SearchSelect.tsx';
import { countFilters, type CaseListSearch } from './case-list-search.ts';
import classes from './CaseFilters.module.css';
import { words } from './words.ts';

interface CaseFiltersProps {
  search: CaseListSearch;
  onChange: (search: CaseListSearch) => void;
  text: string;
  onText: (text: string) => void;
  searchField: RefObject<HTMLInputElement | null>;
}

const states = CaseState.options
  .filter((state) => state !== 'DRAF')
  .map((state) => ({ value: state, label: caseStateLabel[state] }));
const modes = RegistrationMode.options.map((mode) => ({ value: mode, label: registrationModeLabel[mode] }));
const results = [
  ...IdentificationResult.options.map((result) => ({
    value: result,
    label: identificationResultLabel[result],
  })),
  { value: 'belum' as const, label: words.notYet },
];

/** One row of filters above the list; what is set here stands in the address, save the search. */
export function CaseFilters({ search, onChange, text, onText, searchField }: CaseFiltersProps) {
  const { period } = useSession();
  const trpc = useTRPC();
  const periods = useQuery(trpc.recap.periods.queryOptions());
  return (
    <Group gap="xs" mb="sm" className={classes.filters}>
      <TextInput
        ref={searchField}
        className={classes.search}
        aria-label={words.search}
        placeholder={words.search}
        title={words.searchHint}
        leftSection={<SearchIcon />}
        rightSection={text === '' ? <ShortcutKeys shortcut="/" /> : undefined}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <MultiSelect
        className={classes.states}
        aria-label={words.state}
        placeholder={search.states === undefined || search.states.length === 0 ? words.anyState : undefined}
        data={states}
        value={search.states ?? []}
        onChange={(values) =>
          onChange({ ...search, states: CaseState.options.filter((state) => values.includes(state)) })
        }
        maxDropdownHeight={320}
        clearable
      />
      <Select
        aria-label={words.mode}
        placeholder={words.anyMode}
        data={modes}
        value={search.mode ?? null}
        onChange={(mode) => onChange({ ...search, mode: mode ?? undefined })}
        clearable
        w="8.25rem"
      />
      <Select
        aria-label={words.result}
        placeholder={words.anyResult}
        data={results}
        value={search.result ?? null}
        onChange={(result) => onChange({ ...search, result: result ?? undefined })}
        clearable
        w="9.5rem"
      />
      <AreaNumber label="RW" value={search.rw} onChange={(rw) => onChange({ ...search, rw })} />
      <AreaNumber label="RT" value={search.rt} onChange={(rt) => onChange({ ...search, rt })} />
      <KelurahanFilter search={search} onChange={onChange} />
      <Select
        aria-label={words.period}
        placeholder={words.anyPeriod}
        data={(periods.data ?? [period]).map(({ id, name }) => ({ value: id, label: name }))}
        value={search.periodId ?? null}
        onChange={(periodId) => onChange({ ...search, periodId: periodId ?? undefined })}
        clearable
        w="9.5rem"
      />
      {countFilters(search) > 0 && (
        <Button variant="subtle" size="compact-sm" onClick={() => onChange({})}>
          {words.clear}
        </Button>
      )}
    </Group>
  );
}

function AreaNumber({
  label,
  value,
  onChange,
}: {
  label: string;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
}) {
  return (
    <NumberInput
      aria-label={label}
      placeholder={label}
      value={value ?? ''}
      onChange={(typed) => onChange(typeof typed === 'number' && typed > 0 ? typed : undefined)}
      min={1}
      max={999}
      hideControls
      allowDecimal={false}
      allowNegative={false}
      w="3.5rem"
    />
  );
}

/** An office of a kecamatan works for several kelurahan. */
function KelurahanFilter({ search, onChange }: Pick<CaseFiltersProps, 'search' | 'onChange'>) {
  const { office } = useSession();
  const trpc = useTRPC();
  const ofKecamatan = office.level === 'kecamatan';
  const areas = useQuery(
    trpc.setup.areas.queryOptions(undefined, { enabled: ofKecamatan, staleTime: Number.POSITIVE_INFINITY }),
  );
  if (!ofKecamatan) return null;
  const kelurahan = (areas.data ?? []).filter(
    (area) => area.level === 'kelurahan' && liesIn(area.code, office.code),
  );
  return (
    <SearchSelect
      aria-label={words.kelurahan}
      placeholder={words.anyKelurahan}
      data={kelurahan.map((area) => ({ value: area.code, label: area.name }))}
      value={search.kelurahan ?? null}
      onChange={(code) => onChange({ ...search, kelurahan: code ?? undefined })}
      clearable
      w="11rem"
    />
  );
}
