import { Button, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { OpenSheet } from '../../../shared/contract/verification.ts';
import { ageOn, type QuestionGroup, questionsOf, readAnswers } from '../../../shared/domain/instrument.ts';
import { type Member, relationLabel } from '../../../shared/domain/person.ts';
import { subjectOf, type VisitEntry } from '../../../shared/domain/visit-entry.ts';
import type { Autosaved } from '../../app/use-autosaved.ts';
import { type Answerer, answersOf, fieldId, pathOfAnswer, waitsFor, type Warning } from './entry-edit.ts';
import classes from './EntryScreen.module.css';
import { QuestionField } from './QuestionField.tsx';
import { words } from './words.ts';

const none: readonly Warning[] = [];

interface QuestionsProps {
  sheet: OpenSheet;
  /** As the visit found them. */
  members: readonly Member[];
  visit: Autosaved<VisitEntry>;
  who: Answerer;
  groups: readonly QuestionGroup[];
  day: string;
  attempted: boolean;
  warnings: ReadonlyMap<string, readonly Warning[]>;
  onAnswer: (path: string, answer: string) => void;
  onPass: (key: string, reason: string) => void;
  heading?: ReactNode;
  /** Whose questions these are, where several families answer the same ones. */
  of?: string | null;
}

/** The questions put to a household, to one of its families or to one member. */
export function Questions({
  sheet,
  members,
  visit,
  who,
  groups,
  day,
  attempted,
  warnings,
  onAnswer,
  onPass,
  heading,
  of = null,
}: QuestionsProps) {
  const answers = answersOf(visit.body, who);
  const recorded = answersOf(sheet.recorded, who);
  const member = who.kind === 'member' ? members.find((candidate) => candidate.id === who.id) : undefined;
  const { asked } = readAnswers(
    groups,
    answers,
    member === undefined ? undefined : subjectOf(sheet.instrument, members, member, day),
  );
  // What the register keeps is not asked.
  const asking = groups.map((group) => ({
    ...group,
    questions: group.questions.filter(({ kept }) => kept === null),
  }));
  const questions = questionsOf(asking);
  return asking.map((group) => {
    if (group.questions.length === 0) return null;
    const id = fieldId(`${pathOfAnswer(who, group.no)}.title`);
    return (
      <section key={group.no} className={classes.section} aria-labelledby={id}>
        <div className={classes.title}>
          <Title order={2} id={id}>
            <span className={classes.no}>{group.no}</span> {heading ?? group.title}
            {of !== null && (
              <Text span inherit className={classes.whose}>
                {' '}
                {of}
              </Text>
            )}
          </Title>
        </div>
        {group.questions.map((question) => (
          <QuestionField
            key={question.id}
            question={question}
            path={pathOfAnswer(who, question.id)}
            value={answers[question.id] ?? ''}
            recorded={recorded[question.id] ?? ''}
            asked={asked.has(question.id)}
            waitsFor={waitsFor(question, questions, asked, answers)}
            attempted={attempted}
            warnings={warnings.get(pathOfAnswer(who, question.id)) ?? none}
            onAnswer={onAnswer}
            onPass={onPass}
          />
        ))}
      </section>
    );
  });
}

/** Nobody is in the family any more: its answers go only when somebody says so. */
export function AbandonedFamily({ no, onDiscard }: { no: number; onDiscard: () => void }) {
  return (
    <section className={classes.section} aria-label={words.abandonedTitle(no)}>
      <div className={classes.title}>
        <Title order={2}>{words.abandonedTitle(no)}</Title>
      </div>
      <Text mb="xs">{words.abandonedText(no)}</Text>
      <Button id={fieldId(`families.${no}`)} variant="default" onClick={onDiscard}>
        {words.discardFamily(no)}
      </Button>
    </section>
  );
}

export function MemberHeading({ member, no, day }: { member: Member; no: number; day: string }) {
  const age = member.birthDate === null ? words.unknownAge : words.age(ageOn(member.birthDate, day));
  return (
    <>
      {words.member(no, member.name)}{' '}
      <Text span className={classes.facts}>
        {words.memberFacts([relationLabel[member.relation], words.sexes[member.sex], age])}
      </Text>
    </>
  );
}
