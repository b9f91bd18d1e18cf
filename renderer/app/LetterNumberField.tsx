import { Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { LetterKind } from '../../shared/domain/document.ts';
import { useTRPC } from './rpc.ts';

interface LetterNumberFieldProps {
  kind: LetterKind;
  /** What the letter is about, as the register of letters knows it. */
  subject: string;
  /** Name of the letter, for who cannot see where the field stands. */
  title: string;
  value: string;
  onChange: (value: string) => void;
}

/** The number of a letter: the one it has, or a field that shows the next and takes another. */
export function LetterNumberField({ kind, subject, title, value, onChange }: LetterNumberFieldProps) {
  const trpc = useTRPC();
  const known = useQuery(trpc.documents.letterNumber.queryOptions({ kind, subject }));
  if (known.data === undefined) return null;
  if (known.data.number !== null)
    return (
      <Text size="sm" className="tabular">
        {known.data.number}
      </Text>
    );
  return (
    <TextInput
      aria-label={`Nomor surat: ${title}`}
      placeholder={`otomatis: ${known.data.next}`}
      w="15rem"
      maxLength={80}
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
