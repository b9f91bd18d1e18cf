import { Text, TextInput } from '@mantine/core';
import { type KeyboardEvent, memo } from 'react';
import {
  answerWords,
  inspectAnswer,
  partsOf,
  type Question,
  valueOf,
} from '../../../shared/domain/instrument.ts';
import { encodeAnswer } from '../../../shared/domain/instrument-exchange.ts';
import { CodeField } from '../../components/CodeField.tsx';
import { DateField } from '../../components/DateField.tsx';
import classes from './EntryScreen.module.css';
import { fieldId, type Warning } from './entry-edit.ts';
import { PassReasons } from './PassReasons.tsx';
import { words } from './words.ts';

interface QuestionFieldProps {
  question: Question;
  /** Path of the answer, as findings name it. */
  path: string;
  value: string;
  /** What is printed on the sheet as on record; empty where nothing is. */
  recorded: string;
  /** Skipped by the answers before it: Enter goes past. */
  asked: boolean;
  /** Number of the question that decides about this one and has no answer yet. */
  waitsFor: string | null;
  /** What is missing is shown too. */
  attempted: boolean;
  /** What rules between several answers say here. */
  warnings: readonly Warning[];
  onAnswer: (path: string, answer: string) => void;
  onPass: (key: string, reason: string) => void;
}

/** One question with its number on the paper, its answer, and beside it what is on record. */
export const QuestionField = memo(function QuestionField(props: QuestionFieldProps) {
  const { question, path, value, recorded, asked, waitsFor, attempted, warnings, onAnswer, onPass } = props;
  const shown = asked ? value : '';
  const blocked = warnings.find(({ reason }) => reason === null)?.message ?? null;
  const problem = asked && (shown !== '' || attempted) ? (inspectAnswer(question, shown) ?? blocked) : null;

  /** On the paper an empty box means "as recorded"; so does Enter in an empty field. */
  function takeRecorded(event: KeyboardEvent) {
    const plainEnter = event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.altKey;
    if (plainEnter && shown === '' && recorded !== '' && asked) onAnswer(path, recorded);
  }

  const isNumber = question.kind === 'number' || question.kind === 'sum';
  const field = {
    id: fieldId(path),
    name: path,
    label: (
      <span className={classes.label}>
        <span className={classes.no}>{question.no}</span> {question.label}
      </span>
    ),
    description: question.help,
    error: problem,
    disabled: !asked,
    value: shown,
    onKeyDown: takeRecorded,
  };

  return (
    <div className={classes.question} data-skipped={!asked || undefined}>
      {question.kind === 'choice' ? (
        <CodeField
          {...field}
          // One more than the code: a digit typed behind it is the next answer.
          maxLength={question.digits + 1}
          options={question.options.map((option) => ({
            value: valueOf(option),
            key: option.code,
            label: option.label,
          }))}
          onChange={(answer) => onAnswer(path, answer)}
        />
      ) : question.kind === 'date' ? (
        <DateField
          {...field}
          value={shown === '' ? null : shown}
          onChange={(day) => onAnswer(path, day ?? '')}
        />
      ) : (
        <TextInput
          {...field}
          classNames={isNumber ? { input: classes.number } : undefined}
          inputMode={isNumber ? 'numeric' : 'text'}
          autoComplete="off"
          maxLength={isNumber ? question.digits : 200}
          onChange={(event) => onAnswer(path, event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
      {asked ? (
        <Recorded question={question} recorded={recorded} value={shown} />
      ) : (
        <Text className={classes.recorded}>
          {waitsFor === null ? words.skipped : words.waitsFor(waitsFor)}
        </Text>
      )}
      <PassReasons warnings={warnings} className={classes.warning} onPass={onPass} />
    </div>
  );
});

/** What is on record: quiet while it is the same, struck out where the field found otherwise. */
function Recorded({ question, recorded, value }: { question: Question; recorded: string; value: string }) {
  if (recorded === '')
    return question.kind === 'sum' && partsOf(question, value) !== null ? (
      <Text className={classes.recorded}>{answerWords(question, value)}</Text>
    ) : (
      <span />
    );
  const text = codeAndWords(question, recorded);
  const differs = value !== '' && value !== recorded;
  return (
    <Text className={classes.recorded} component="div">
      {words.recorded} <span className={differs ? classes.struck : classes.known}>{text}</span>
      {value === '' && <span className={classes.hint}> · {words.enterTakes}</span>}
      {value === recorded && <span className={classes.same}> · {words.same}</span>}
    </Text>
  );
}

/** `6 Semen/bata merah`, as the paper prints it. */
function codeAndWords(question: Question, answer: string): string {
  const code = encodeAnswer(question, answer);
  const meaning = answerWords(question, answer);
  return meaning === null || meaning === code ? code : `${code} ${meaning}`;
}
