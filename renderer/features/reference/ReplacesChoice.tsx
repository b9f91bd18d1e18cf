import { Radio, Stack, Text } from '@mantine/core';
import type { ReferenceListInfo } from '../../../shared/contract/reference.ts';
import { formatDate } from '../../components/formats.ts';
import { words } from './words.ts';

export type Replaces = 'seluruh' | 'sebagian';

export function isReplaces(kept: unknown): kept is Replaces | null {
  return kept === null || kept === 'seluruh' || kept === 'sebagian';
}

interface ReplacesChoiceProps {
  value: Replaces | null;
  onChange: (value: Replaces) => void;
  /** Lists of the same source and another name that count today. */
  others: readonly ReferenceListInfo[];
  /** Of the list that comes in; empty where it is not said yet. */
  listDate: string;
  error: string | null;
}

/** Whether the list holds the whole of its source: then those of other names count no more, each named. */
export function ReplacesChoice({ value, onChange, others, listDate, error }: ReplacesChoiceProps) {
  const isLater = (list: ReferenceListInfo) => listDate !== '' && list.listDate > listDate;
  const later = others.filter(isLater);
  const replaced = others.filter((list) => !isLater(list));
  return (
    <Radio.Group
      label={words.replaces}
      required
      value={value}
      onChange={(chosen) => onChange(chosen === 'seluruh' ? 'seluruh' : 'sebagian')}
      {...(error !== null && { error })}
    >
      <Stack gap="xs" my="xs">
        <Radio value="seluruh" label={words.replacesChoices.seluruh} />
        {value === 'seluruh' && (
          <Text size="sm" role="status" ml="xl">
            {replaced.length > 0 && words.ceases(namesOf(replaced))}{' '}
            {later.length > 0 && words.stayBeside(namesOf(later))}
          </Text>
        )}
        <Radio value="sebagian" label={words.replacesChoices.sebagian} />
      </Stack>
    </Radio.Group>
  );
}

function namesOf(lists: readonly ReferenceListInfo[]): string {
  return lists
    .map(({ name, version, listDate }) => words.besideOption(name, version, formatDate(listDate)))
    .join(', ');
}
