import { Button, Checkbox, Group, Select, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Muskel } from '../../../shared/contract/muskel.ts';
import { Attendee, AttendeeGroup, attendeeGroupLabel } from '../../../shared/domain/muskel.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useMay } from '../../app/session-context.ts';
import { useKeptState } from '../../app/use-kept-state.ts';
import { useEnterMovesOn } from '../../components/use-enter-moves-on.ts';
import classes from './Muskel.module.css';
import { words } from './words.ts';

const blank: Attendee = { name: '', sex: 'L', group: 'rt', represents: '', present: true };

function isAttendees(kept: unknown): kept is Attendee[] {
  return Attendee.array().safeParse(kept).success;
}

/** Who came; what is typed here and not yet saved is kept when one looks elsewhere. */
export function AttendanceTab({ muskel }: { muskel: Muskel }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  useEnterMovesOn(form);
  const open = useMay('muskel:write') && muskel.state === 'berlangsung';
  const [rows, setRows, forget] = useKeptState<Attendee[]>(
    `muskel.hadir.${muskel.id}`,
    muskel.attendees.length === 0 ? [blank] : muskel.attendees,
    isAttendees,
  );
  const save = useMutation(
    trpc.muskel.saveAttendees.mutationOptions({
      onSuccess: async () => {
        forget();
        tellDone(words.saved);
        await queries.invalidateQueries(trpc.muskel.pathFilter());
      },
    }),
  );

  function set(index: number, change: Partial<Attendee>) {
    setRows(rows.map((row, at) => (at === index ? { ...row, ...change } : row)));
  }

  return (
    <form
      ref={form}
      className={classes.body}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ muskelId: muskel.id, version: muskel.version, attendees: rows });
      }}
    >
      <div className={classes.scroll}>
        <fieldset disabled={!open} style={{ border: 0, margin: 0, padding: 0 }}>
          <div className={classes.attendees}>
            {[
              words.attendeeName,
              words.attendeeSex,
              words.attendeeGroup,
              words.attendeeRole,
              words.attendeePresent,
              '',
            ].map((head) => (
              <Text key={head} size="xs" c="dimmed">
                {head}
              </Text>
            ))}
            {rows.map((row, index) => (
              <AttendeeRow
                // Rows have no name of their own; their place is what tells them apart.
                // oxlint-disable-next-line react/no-array-index-key
                key={index}
                row={row}
                no={index + 1}
                onChange={(change) => set(index, change)}
                onRemove={() => setRows(rows.filter((_, at) => at !== index))}
              />
            ))}
          </div>
        </fieldset>
      </div>
      <div className={classes.foot}>
        <Text size="sm" c="dimmed" role="status">
          {words.presentCount(rows.filter(({ name, present }) => present && name.trim() !== '').length)}
        </Text>
        {open && (
          <Group gap="xs">
            <Button variant="default" onClick={() => setRows([...rows, blank])}>
              {words.addAttendee}
            </Button>
            <Button type="submit" data-primary loading={save.isPending}>
              {words.saveAttendees}
            </Button>
          </Group>
        )}
      </div>
    </form>
  );
}

function AttendeeRow({
  row,
  no,
  onChange,
  onRemove,
}: {
  row: Attendee;
  no: number;
  onChange: (change: Partial<Attendee>) => void;
  onRemove: () => void;
}) {
  return (
    <>
      <TextInput
        aria-label={`${words.attendeeName} ${no}`}
        value={row.name}
        maxLength={120}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <Select
        aria-label={`${words.attendeeSex} ${no}`}
        data={['L', 'P']}
        value={row.sex}
        onChange={(sex) => onChange({ sex: sex === 'P' ? 'P' : 'L' })}
        allowDeselect={false}
      />
      <Select
        aria-label={`${words.attendeeGroup} ${no}`}
        data={AttendeeGroup.options.map((value) => ({ value, label: attendeeGroupLabel[value] }))}
        value={row.group}
        onChange={(group) => onChange({ group: AttendeeGroup.catch('lain').parse(group) })}
        allowDeselect={false}
      />
      <TextInput
        aria-label={`${words.attendeeRole} ${no}`}
        placeholder={words.attendeeRoleHint}
        value={row.represents}
        maxLength={80}
        onChange={(event) => onChange({ represents: event.currentTarget.value })}
      />
      <Checkbox
        aria-label={`${words.attendeePresent} ${no}`}
        checked={row.present}
        onChange={(event) => onChange({ present: event.currentTarget.checked })}
      />
      <Button variant="subtle" color="gray" size="compact-sm" tabIndex={-1} onClick={onRemove}>
        {words.removeRow}
      </Button>
    </>
  );
}
