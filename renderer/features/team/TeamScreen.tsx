import { Modal, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { z } from 'zod';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useSession } from '../../app/session-context.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatNumber } from '../../components/formats.ts';
import { PeopleIcon } from '../../components/icons.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { teamActions } from './actions.ts';
import { teamColumns } from './columns.tsx';
import { DecreeForm } from './DecreeForm.tsx';
import { MemberForm } from './MemberForm.tsx';
import { MemberTasks } from './MemberTasks.tsx';
import { ShareDialog } from './ShareDialog.tsx';
import classes from './TeamScreen.module.css';
import { words } from './words.ts';

/** Which member's tasks stand open; an id, never a name. */
export const TeamSearch = z.object({ memberId: z.uuid().optional().catch(undefined) });

type Dialog = 'member' | 'decree' | 'share' | null;

/** Who goes to the families, how far each has come, and who gets the next ones. */
export function TeamScreen() {
  const trpc = useTRPC();
  const session = useSession();
  const navigate = useNavigate();
  const { memberId }: z.infer<typeof TeamSearch> = useSearch({ from: '/team' });
  const team = useQuery(trpc.team.read.queryOptions());
  const [dialog, setDialog] = useState<Dialog>(null);
  const [editing, setEditing] = useState(false);
  const members = team.data?.members ?? [];
  const active = members.filter((member) => member.active);
  const unassigned = team.data?.unassigned ?? 0;
  const opened = members.find(({ id }) => id === memberId);

  const share = {
    ...teamActions.share,
    when: () => unassigned > 0 && active.length > 0,
    perform: () => setDialog('share'),
  };
  const add = { ...teamActions.add, perform: () => setDialog('member') };
  const addDecree = { ...teamActions.addDecree, perform: () => setDialog('decree') };
  useActions([share, add, addDecree]);

  function show(id: string | undefined) {
    setEditing(false);
    void navigate({ to: '/team', search: { memberId: id } });
  }

  return (
    <div className={classes.screen}>
      <PageHeader
        title={words.title}
        subtitle={team.data === undefined ? ' ' : words.subtitle(team.data.name, active.length)}
      >
        <ActionButton action={addDecree} variant="default" />
        <ActionButton action={add} variant="default" />
      </PageHeader>
      <Waiting query={team} />
      {team.data !== undefined && (
        <>
          <div className={classes.table}>
            <VirtualTable
              label={words.listLabel}
              rows={members}
              columns={teamColumns}
              rowKey={({ id }) => id}
              onOpen={({ id }) => show(id)}
              placeKey="team"
              autoFocus
              empty={
                <EmptyState
                  title={words.emptyTitle}
                  description={words.emptyText}
                  icon={<PeopleIcon size={24} />}
                >
                  <ActionButton action={add} />
                </EmptyState>
              }
            />
          </div>
          <div className={classes.foot}>
            <Text size="sm" c="dimmed" role="status">
              {unassigned === 0 ? words.noWaiting : words.waitingCases(formatNumber(unassigned))}
            </Text>
            <ActionButton action={share} />
          </div>
          <Modal
            opened={dialog === 'member' || (opened !== undefined && editing)}
            onClose={() => {
              setDialog(null);
              setEditing(false);
            }}
            title={words.memberTitle}
            size="lg"
          >
            <MemberForm
              member={editing ? (opened ?? null) : null}
              origins={team.data.origins}
              decrees={team.data.decrees}
              today={session.today}
              onDone={() => {
                setDialog(null);
                setEditing(false);
              }}
            />
          </Modal>
          <Modal opened={dialog === 'decree'} onClose={() => setDialog(null)} title={words.decreeTitle}>
            <DecreeForm teamName={team.data.name} onDone={() => setDialog(null)} />
          </Modal>
          <Modal
            opened={dialog === 'share'}
            onClose={() => setDialog(null)}
            title={words.shareTitle}
            size="xl"
          >
            <ShareDialog onDone={() => setDialog(null)} />
          </Modal>
          <Modal
            opened={opened !== undefined && !editing}
            onClose={() => show(undefined)}
            title={opened === undefined ? '' : words.tasks(opened.name)}
            size="xl"
          >
            {opened !== undefined && (
              <MemberTasks member={opened} members={active} onEdit={() => setEditing(true)} />
            )}
          </Modal>
        </>
      )}
    </div>
  );
}
