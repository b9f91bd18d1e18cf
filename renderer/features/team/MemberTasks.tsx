import { Button, Group, Input, Select, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PeriodInfo } from '../../../shared/contract/period.ts';
import type { TeamMember } from '../../../shared/contract/team.ts';
import { useDocuments } from '../../app/DocumentViewer.tsx';
import { LetterNumberField } from '../../app/LetterNumberField.tsx';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useMay, useSession } from '../../app/session-context.ts';
import { DateField } from '../../components/DateField.tsx';
import { PrintIcon } from '../../components/icons.tsx';
import { StateBadge } from '../../components/StateBadge.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { words } from './words.ts';
import { formatRtRw } from '../../../shared/domain/rt-rw.ts';

interface MemberTasksProps {
  member: TeamMember;
  /** Those to whom a family may be moved. */
  members: readonly TeamMember[];
  onEdit: () => void;
}

/** A member's families in walking order, with their surat tugas; a family not yet printed can be moved. */
export function MemberTasks({ member, members, onEdit }: MemberTasksProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const mayAssign = useMay('team:assign');
  const mayWrite = useMay('team:write');
  const tasks = useQuery(trpc.team.casesOf.queryOptions({ memberId: member.id }));
  const move = useMutation(
    trpc.team.assign.mutationOptions({
      onSuccess: async () => {
        tellDone(words.moved);
        await queries.invalidateQueries(trpc.team.pathFilter());
      },
    }),
  );
  const others = members.filter(({ id }) => id !== member.id);
  if (tasks.data === undefined) return <Waiting query={tasks} />;
  const cases = tasks.data;

  return (
    <Stack gap="sm">
      {mayWrite && cases.length > 0 && <Letter member={member} />}
      {cases.length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.tasksEmpty}
        </Text>
      ) : (
        <Table.ScrollContainer minWidth="40rem" maxHeight="50vh">
          <Table stickyHeader verticalSpacing={4} aria-label={words.families}>
            <Table.Tbody>
              {cases.map((one) => (
                <Table.Tr key={one.caseId}>
                  <Table.Td style={{ whiteSpace: 'nowrap' }}>{formatRtRw(one.rt, one.rw)}</Table.Td>
                  <Table.Td>
                    {one.headName}
                    <Text size="xs" c="dimmed">
                      {one.street}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    <StateBadge state={one.state} />
                  </Table.Td>
                  <Table.Td w="13rem">
                    {mayAssign && one.state === 'MUSKEL_LAYAK' && others.length > 0 && (
                      <Select
                        size="xs"
                        aria-label={`${words.moveTo}: ${one.headName}`}
                        placeholder={words.moveTo}
                        data={others.map(({ id, name }) => ({ value: id, label: name }))}
                        value={null}
                        onChange={(memberId) => {
                          if (memberId !== null)
                            move.mutate({
                              parts: [{ memberId, caseIds: [one.caseId], why: words.byHand }],
                            });
                        }}
                      />
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {mayWrite && (
        <Group justify="flex-end">
          <Button variant="default" onClick={onEdit}>
            {words.edit}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

/** The last day of the field work; where that is over, the last of the period. */
function lastDay(info: PeriodInfo | undefined, from: string): string | null {
  if (info === undefined) return null;
  const visits = info.deadlines.find(({ stage }) => stage === 'verifikasi')?.date;
  return [visits, info.period.end].find((day) => day !== undefined && day >= from) ?? null;
}

/** The surat tugas: from when to when, then the paper. */
function Letter({ member }: { member: TeamMember }) {
  const session = useSession();
  const documents = useDocuments();
  const [startsOn, setStartsOn] = useState<string | null>(session.today);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [number, setNumber] = useState('');
  const periods = useQuery(trpc.period.list.queryOptions());
  const [typedEnd, setEndsOn] = useState<string | null>();
  const running = periods.data?.find(({ period }) => period.id === session.period.id);
  const endsOn = typedEnd === undefined ? lastDay(running, startsOn ?? session.today) : typedEnd;
  const [tried, setTried] = useState(false);
  const whole = startsOn !== null && endsOn !== null && endsOn >= startsOn;

  function print() {
    setTried(true);
    if (!whole) return;
    documents.show({
      title: `${words.print} ${member.name}`,
      kind: 'surat_tugas',
      input: {
        memberId: member.id,
        periodId: session.period.id,
        startsOn,
        endsOn,
        letterNumber: number.trim() || undefined,
      },
      onReady: () => void queries.invalidateQueries(trpc.documents.pathFilter()),
    });
  }

  return (
    <Group align="flex-start" gap="sm">
      <DateField label={words.startsTask} value={startsOn} onChange={setStartsOn} w="9rem" />
      <DateField
        label={words.endsTask}
        value={endsOn}
        onChange={setEndsOn}
        w="14rem"
        error={tried && !whole ? words.missingDates : undefined}
      />
      <Input.Wrapper label={words.letterNumber} labelElement="div">
        <LetterNumberField
          kind="surat_tugas"
          subject={`${member.id} ${session.period.id}`}
          title={words.print}
          value={number}
          onChange={setNumber}
        />
      </Input.Wrapper>
      <Button mt="1.6rem" leftSection={<PrintIcon />} onClick={print}>
        {words.print}
      </Button>
    </Group>
  );
}
