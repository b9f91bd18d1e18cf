import { Textarea, TextInput, Title } from '@mantine/core';
import { duplicateResult, type VisitEntry, type VisitFinding } from '../../../shared/domain/visit-entry.ts';
import { rowNumber } from '../../../shared/domain/instrument.ts';
import { VisitResult, visitResultLabel } from '../../../shared/domain/visit.ts';
import { CodeField } from '../../components/CodeField.tsx';
import { DateField } from '../../components/DateField.tsx';
import classes from './EntryScreen.module.css';
import { DuplicateField } from './DuplicateField.tsx';
import { fieldId } from './entry-edit.ts';
import { words } from './words.ts';

const results = VisitResult.options.map((code) => ({
  value: code,
  key: code,
  label: visitResultLabel[code],
}));

interface VisitSectionProps {
  entry: VisitEntry;
  /** Of this section, in so far as they are shown. */
  findings: readonly VisitFinding[];
  onChange: (changes: Partial<VisitEntry>) => void;
}

/** The paper's own block, numbered as there: when, who, and how the visit ended. */
export function VisitSection({
  block,
  caseId,
  entry,
  findings,
  onChange,
}: VisitSectionProps & { block: string; caseId: string }) {
  const no = (index: number) => rowNumber(block, index);
  const errorOf = (field: string) => findings.find((finding) => finding.field === field)?.message;
  const named = (field: string) => ({ id: fieldId(field), name: field, error: errorOf(field) });
  return (
    <section className={classes.section} aria-labelledby="visit-title">
      <Title order={2} id="visit-title">
        <span className={classes.no}>{block}</span> {words.visit}
      </Title>
      <div className={classes.visit}>
        <DateField
          {...named('visitedOn')}
          label={numbered(no(1), words.visitedOn)}
          value={entry.visitedOn}
          onChange={(visitedOn) => onChange({ visitedOn })}
          data-autofocus
        />
        <TextInput
          {...named('enumerator')}
          label={numbered(no(2), words.visitEnumerator)}
          autoComplete="off"
          maxLength={120}
          value={entry.enumerator}
          onChange={(event) => onChange({ enumerator: event.currentTarget.value })}
        />
        <CodeField
          {...named('result')}
          className={classes.wide}
          maw="27rem"
          label={numbered(no(3), words.result)}
          options={results}
          value={entry.result ?? ''}
          onChange={(typed) => onChange({ result: VisitResult.safeParse(typed).data ?? null })}
        />
        {entry.result === duplicateResult && (
          <DuplicateField
            caseId={caseId}
            label={numbered(no(3), words.duplicateOf)}
            value={entry.duplicateOf}
            error={errorOf('duplicateOf')}
            onChange={(duplicateOf) => onChange({ duplicateOf })}
          />
        )}
      </div>
    </section>
  );
}

/** The last block of the paper; what is written there, and what else was corrected. */
export function NoteSection({ entry, findings, onChange }: VisitSectionProps) {
  return (
    <section className={classes.section} aria-label={words.note}>
      <Textarea
        id={fieldId('note')}
        name="note"
        error={findings.find((finding) => finding.field === 'note')?.message}
        label={words.note}
        description={words.noteHelp}
        autosize
        minRows={2}
        maxLength={1000}
        value={entry.note}
        onChange={(event) => onChange({ note: event.currentTarget.value })}
      />
    </section>
  );
}

function numbered(no: string, label: string) {
  return (
    <span className={classes.label}>
      <span className={classes.no}>{no}</span> {label}
    </span>
  );
}
