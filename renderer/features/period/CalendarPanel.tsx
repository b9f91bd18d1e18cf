import { Group, Paper, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { periodStageLabel } from '../../../shared/domain/calendar.ts';
import { daysBetween } from '../../../shared/domain/period.ts';
import type { PeriodInfo } from '../../../shared/contract/period.ts';
import { useSession } from '../../app/session-context.ts';
import { formatDate } from '../../components/formats.ts';
import { words } from './words.ts';

/** The last day of each stage, and how far it is. */
export function CalendarPanel({ info, children }: { info: PeriodInfo; children?: ReactNode }) {
  const { today } = useSession();
  const next = info.deadlines.find(({ date }) => date >= today);
  return (
    <Paper p="md">
      <Group justify="space-between" mb="xs">
        <Title order={2}>{words.calendar}</Title>
        {children}
      </Group>
      <Table aria-label={words.calendar} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.stage}</Table.Th>
            <Table.Th w="11rem">{words.deadline}</Table.Th>
            <Table.Th w="9rem">{words.distance}</Table.Th>
            <Table.Th w="10rem">{words.dateSource}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {info.deadlines.map((deadline) => (
            <Table.Tr key={deadline.stage} fw={deadline === next ? 600 : undefined}>
              <Table.Td>{periodStageLabel[deadline.stage]}</Table.Td>
              <Table.Td>{formatDate(deadline.date)}</Table.Td>
              <Table.Td>{distance(today, deadline.date)}</Table.Td>
              <Table.Td>
                <Text span size="sm" c="dimmed">
                  {deadline.fixed ? words.ownDate : words.fromCalendar}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

function distance(today: string, date: string): string {
  const days = daysBetween(today, date);
  if (days < 0) return words.past;
  return days === 0 ? words.today : words.daysLeft(days);
}
