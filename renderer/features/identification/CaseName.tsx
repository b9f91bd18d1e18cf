import { Text } from '@mantine/core';

/** A case in a list of a stroke: two heads of family of one name are told apart by its number. */
export function CaseName({ number, headName }: { number: string; headName: string }) {
  return (
    <span>
      {headName}{' '}
      <Text span size="xs" c="dimmed">
        {number}
      </Text>
    </span>
  );
}
