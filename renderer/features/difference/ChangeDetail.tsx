import { Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ChangeRow, KnownPersonChange } from '../../../shared/contract/difference.ts';
import type { FieldChange } from '../../../shared/domain/reference-change.ts';
import { CaseLink } from '../../components/CaseLink.tsx';
import { NikText } from '../../components/NikText.tsx';
import { summaryOf } from './columns.tsx';
import classes from './difference.module.css';
import { words } from './words.ts';
import { formatRtRw } from '../../../shared/domain/rt-rw.ts';

/** Everything that differs in one household, and the way to its case. */
export function ChangeDetail({ row }: { row: ChangeRow }) {
  const navigate = useNavigate();
  const { changes } = row;
  const place = [row.kelurahanName, row.rt === null || row.rw === null ? null : formatRtRw(row.rt, row.rw)];
  return (
    <Stack gap="md">
      <Group gap="md">
        <Text size="sm">
          {words.kk} <NikText value={row.kk} />
        </Text>
        <Text size="sm">{place.filter((part) => part !== null).join(' · ')}</Text>
      </Group>
      <Text size="sm" c="dimmed">
        {summaryOf(row)}
      </Text>
      {changes.fields.length > 0 && <Fields title={words.detailFields} fields={changes.fields} />}
      {(['masuk', 'keluar', 'belum_terbaca', 'berubah'] as const).map((kind) => (
        <Persons key={kind} kind={kind} persons={changes.persons.filter((person) => person.kind === kind)} />
      ))}
      {row.case === null ? (
        <Text size="sm" c="dimmed">
          {words.noCase}
        </Text>
      ) : (
        <CaseButton
          number={row.case.number}
          onOpen={() =>
            void navigate({ to: '/cases/$caseId', params: { caseId: row.case?.id ?? '' }, search: {} })
          }
        />
      )}
    </Stack>
  );
}

function CaseButton({ number, onOpen }: { number: string; onOpen: () => void }) {
  return (
    <Group justify="flex-end">
      <Button data-autofocus autoFocus onClick={onOpen}>
        {words.openCase(number)}
      </Button>
    </Group>
  );
}

function Persons({
  kind,
  persons,
}: {
  kind: KnownPersonChange['kind'];
  persons: readonly KnownPersonChange[];
}) {
  if (persons.length === 0) return null;
  return (
    <section aria-label={words.persons[kind]}>
      <Title order={3} size="h5" mb={4}>
        {words.persons[kind]}
      </Title>
      <Stack gap="xs">
        {persons.map((person) => (
          <div key={`${person.name} ${person.nik ?? ''}`}>
            <Group gap="sm">
              <Text fw={500}>{person.name}</Text>
              <Text size="sm">
                {words.nik} <NikText value={person.nik} />
              </Text>
              {person.elsewhere !== null && (
                <Text size="sm" c="dimmed">
                  {kind === 'masuk'
                    ? words.elsewhereBefore(person.elsewhere)
                    : words.elsewhereNow(person.elsewhere)}
                </Text>
              )}
              {person.case !== null && (
                <CaseLink caseId={person.case.id}>{words.caseOf(person.case.number)}</CaseLink>
              )}
            </Group>
            {person.fields.length > 0 && <Fields title={person.name} fields={person.fields} />}
          </div>
        ))}
      </Stack>
    </section>
  );
}

function Fields({ title, fields }: { title: string; fields: readonly FieldChange[] }) {
  return (
    <Table verticalSpacing={4} aria-label={title} layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.field}</Table.Th>
          <Table.Th>{words.before}</Table.Th>
          <Table.Th>{words.after}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {fields.map((field) => (
          <Table.Tr key={field.field}>
            <Table.Td>{field.label}</Table.Td>
            <Table.Td className={classes.before}>{field.before ?? words.blank}</Table.Td>
            <Table.Td className={classes.after}>{field.after ?? words.blank}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
