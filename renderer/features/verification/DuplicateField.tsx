import { Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTRPC } from '../../app/rpc.ts';
import { CaseLink } from '../../components/CaseLink.tsx';
import classes from './EntryScreen.module.css';
import { fieldId } from './entry-edit.ts';
import { words } from './words.ts';
import { formatRtRw } from '../../../shared/domain/rt-rw.ts';

interface DuplicateFieldProps {
  /** The case whose sheet is typed, which is no duplicate of itself. */
  caseId: string;
  label: ReactNode;
  value: string;
  error: string | undefined;
  onChange: (number: string) => void;
}

/** The number of the case that is the same family, and who that is, as soon as it is known. */
export function DuplicateField({ caseId, label, value, error, onChange }: DuplicateFieldProps) {
  const trpc = useTRPC();
  const [asked] = useDebouncedValue(value.trim(), 250);
  const other = useQuery(
    trpc.verification.findCase.queryOptions({ number: asked }, { enabled: asked !== '' }),
  );
  const unknown =
    asked !== '' && other.data !== undefined && (other.data === null || other.data.caseId === caseId);
  return (
    <div className={classes.wide}>
      <TextInput
        id={fieldId('duplicateOf')}
        name="duplicateOf"
        label={label}
        description={words.duplicateHelp}
        error={error ?? (unknown ? words.duplicateUnknown : null)}
        maw="27rem"
        maxLength={60}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {other.data != null && !unknown && asked !== '' && (
        <Text size="sm" mt={4} role="status">
          <CaseLink caseId={other.data.caseId}>{other.data.number}</CaseLink> {other.data.headName},{' '}
          {other.data.street}, {formatRtRw(other.data.rt, other.data.rw)}
        </Text>
      )}
    </div>
  );
}
