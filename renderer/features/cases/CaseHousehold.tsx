import type { ReactNode } from 'react';
import { Group, Paper, Table, Text, Title } from '@mantine/core';
import type { CaseDetail } from '../../../shared/contract/cases.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useReveal } from './use-reveal.ts';
import { consentLabel } from '../../../shared/domain/consent.ts';
import type { Member } from '../../../shared/domain/person.ts';
import { relationLabel } from '../../../shared/domain/person.ts';
import { identificationResultLabel, registrationModeLabel } from '../../../shared/domain/registration.ts';
import { formatInstant } from '../../components/formats.ts';
import { DateText } from '../../components/DateText.tsx';
import { NikText } from '../../components/NikText.tsx';
import classes from './CaseHousehold.module.css';
import { words } from './words.ts';
import { formatRtRw } from '../../../shared/domain/rt-rw.ts';

/** The inbox shows the household without what only the case itself knows. */
type Shown = Pick<CaseDetail, 'case' | 'registeredByName'> &
  Partial<Pick<CaseDetail, 'consent' | 'provisional'>>;

/** What the family reported, as it stands; `children` is what can be done about its consent. */
export function CaseHousehold({ detail, children }: { detail: Shown; children?: ReactNode }) {
  const { household, passive, mode, result, registeredAt } = detail.case;
  const { address } = household;
  const { numbers, action } = useReveal(detail.case.id);
  return (
    <Paper p="md">
      <Group justify="space-between" mb="xs">
        <Title order={2}>{words.household}</Title>
        <ActionButton action={action} variant="subtle" size="compact-sm" />
      </Group>
      <dl className={classes.facts}>
        <Fact label={words.address}>
          {address.street}, {formatRtRw(address.rt, address.rw)}
        </Fact>
        <Fact label={words.families}>
          {household.families.map((family) => (
            <div key={family.no}>
              {household.families.length > 1 && words.familyNo(family.no)}
              <NikText value={numbers?.kk[family.no] ?? family.kk} />
            </div>
          ))}
        </Fact>
        <Fact label={words.phone}>
          {household.phone ?? <span className={classes.none}>{words.noPhone}</span>}
        </Fact>
        <Fact label={words.mode}>{registrationModeLabel[mode]}</Fact>
        <Fact label={words.result}>
          {result === null ? (
            <span className={classes.none}>{words.notYet}</span>
          ) : (
            identificationResultLabel[result]
          )}
        </Fact>
        <Fact label={words.registered}>
          {words.registeredBy(detail.registeredByName, formatInstant(registeredAt))}
        </Fact>
        {detail.consent !== undefined && (
          <Fact label={words.consent}>
            {detail.consent === null ? (
              <span className={classes.none}>{words.noConsent}</span>
            ) : (
              consentLabel[detail.consent]
            )}
            {children}
          </Fact>
        )}
        {passive !== null && (
          <Fact label={words.passive}>
            {passive.reason}
            {passive.note !== null && ` (${passive.note})`}
          </Fact>
        )}
        {passive !== null && (
          <Fact label={words.proposer}>
            {passive.proposer}, {passive.proposerRole}
          </Fact>
        )}
      </dl>
      <Title order={3} mt="md" mb={4}>
        {words.members}
      </Title>
      <Table.ScrollContainer minWidth="42rem">
        <Table className={classes.members} verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.memberColumns.name}</Table.Th>
              <Table.Th>{words.memberColumns.nik}</Table.Th>
              <Table.Th>{words.memberColumns.relation}</Table.Th>
              <Table.Th>{words.memberColumns.sex}</Table.Th>
              <Table.Th>{words.memberColumns.birth}</Table.Th>
              <Table.Th>{words.memberColumns.mother}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {household.members.map((member) => (
              <MemberRow
                key={member.id}
                member={member}
                ofSeveral={household.families.length > 1}
                nik={numbers?.nik[member.id] ?? member.nik}
                provisional={detail.provisional?.find(({ memberId }) => memberId === member.id)?.code}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  );
}

interface MemberRowProps {
  member: Member;
  /** There are other families under the roof: theirs is said. */
  ofSeveral: boolean;
  /** The stand-in for a NIK, where there is one. */
  provisional: string | undefined;
  /** Masked, or whole where somebody had it shown. */
  nik: string | null;
}

function MemberRow({ member, ofSeveral, provisional, nik }: MemberRowProps) {
  return (
    <Table.Tr>
      <Table.Td fw={member.relation === '1' ? 600 : undefined}>{member.name}</Table.Td>
      <Table.Td>
        {provisional === undefined ? (
          <NikText value={nik} />
        ) : (
          <span className="tabular" title={words.provisional}>
            {provisional}
          </span>
        )}
        {member.nikNote !== null && (
          <Text size="xs" c="dimmed">
            {words.nikNote(member.nikNote)}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {relationLabel[member.relation]}
        {ofSeveral && (
          <Text size="xs" c="dimmed">
            {words.inFamily(relationLabel[member.familyRelation], member.familyNo)}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{member.sex}</Table.Td>
      <Table.Td>
        {member.birthDate !== null && <DateText value={member.birthDate} />}
        {member.birthPlace !== null && (
          <Text size="xs" c="dimmed">
            {member.birthPlace}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{member.motherName ?? ''}</Table.Td>
    </Table.Tr>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
