import { Accordion, Text } from '@mantine/core';
import type { ApprovalDetail } from '../../../shared/contract/approval.ts';
import { identificationResultLabel } from '../../../shared/domain/registration.ts';
import { CaseLink } from '../../components/CaseLink.tsx';
import { formatDate } from '../../components/formats.ts';
import classes from './ApprovalScreen.module.css';
import { ChangeList } from './ChangeList.tsx';
import { words } from './words.ts';

/** What the visit found, differences first; every answer below for whoever wants to look. */
export function VisitView({ detail }: { detail: ApprovalDetail }) {
  const { visit } = detail;
  if (visit === null) return <Text size="sm">{words.noVisit}</Text>;
  const { result } = detail.item;
  return (
    <>
      <Text fw={600}>{visit.resultLabel}</Text>
      <Text size="sm" c="dimmed">
        {[
          visit.enumerator === null || visit.visitedOn === null
            ? null
            : words.visitedBy(visit.enumerator, formatDate(visit.visitedOn)),
          words.enteredBy(visit.enteredBy),
        ]
          .filter((part) => part !== null)
          .join(' · ')}
      </Text>
      <Text size="sm" c="dimmed" mb="xs">
        {words.identification}: {result === null ? words.notIdentified : identificationResultLabel[result]}
      </Text>
      {visit.note !== null && visit.note !== '' && (
        <Text size="sm" mb="xs">
          {visit.note}
        </Text>
      )}
      {visit.duplicateOf !== null && (
        <Text size="sm" mb="xs" component="div">
          {words.duplicateOf}{' '}
          <CaseLink caseId={visit.duplicateOf.caseId}>
            {visit.duplicateOf.number}, {visit.duplicateOf.headName}
          </CaseLink>
        </Text>
      )}
      {visit.missingPhotos.length > 0 && (
        <Text size="sm" mb="xs">
          {words.missingPhotos}: {visit.missingPhotos.join(', ')}
        </Text>
      )}
      {visit.identifiedAgain !== null && (
        <Text size="sm" mb="xs">
          {words.identifiedAgain}: {visit.identifiedAgain}
        </Text>
      )}
      {visit.corrections.length > 0 && (
        <>
          <Text size="sm" fw={600} mt="xs">
            {words.corrections}
          </Text>
          <ChangeList changes={visit.corrections} />
        </>
      )}
      <Text size="sm" fw={600} mt="xs">
        {words.differences}
      </Text>
      {visit.differences.length === 0 ? (
        <Text size="sm">{visit.compared ? words.noDifferences : words.notCompared}</Text>
      ) : (
        <ChangeList changes={visit.differences} />
      )}
      {visit.answers.length > 0 && (
        <Accordion variant="default" mt="sm" chevronPosition="left">
          <Accordion.Item value="answers">
            <Accordion.Control>
              <Text size="sm">{words.allAnswers(visit.answers.length)}</Text>
            </Accordion.Control>
            <Accordion.Panel>
              {[...new Set(visit.answers.map((answer) => answer.group))].map((group) => (
                <section key={group} aria-label={group}>
                  <Text size="sm" fw={600} mt="xs">
                    {group}
                  </Text>
                  <dl className={classes.answers}>
                    {visit.answers
                      .filter((answer) => answer.group === group)
                      .map((answer) => (
                        <div key={answer.no}>
                          <dt>
                            <span className="tabular">{answer.no}</span>
                            <span>{answer.label}</span>
                          </dt>
                          <dd>{answer.answer}</dd>
                        </div>
                      ))}
                  </dl>
                </section>
              ))}
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
      )}
    </>
  );
}
