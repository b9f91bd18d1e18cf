import { Alert, Paper, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { SyncStatus } from '../../../shared/contract/sync.ts';
import { formatNumber } from '../../components/formats.ts';
import { AlertIcon } from '../../components/icons.tsx';
import { promiseText } from '../proof/proof-text.ts';
import { ConnectionMark } from './ConnectionMark.tsx';
import { momentText, spanText } from './foot-text.ts';
import classes from './sync.module.css';
import { words } from './words.ts';

/** Whether the province is there, what that means, and how much has reached it. */
export function ConnectionPanel({ status, now }: { status: SyncStatus; now: string }) {
  return (
    <Paper p="md" mb="md">
      <div className={classes.connection} role="status">
        <ConnectionMark state={status.connection} />
        {words.connections[status.connection]}
      </div>
      <Text size="sm" c="dimmed">
        {explanation(status)}
        {status.connection === 'terputus' &&
          status.lastContactAt !== null &&
          ` ${words.lastContact(momentText(status.lastContactAt, now))}`}
      </Text>
      <Text mt="xs" fw={600} className="tabular">
        <Link to="/sync/proof" className={classes.promise}>
          {promiseText(status, now)}
        </Link>
      </Text>
      <dl className={classes.figures}>
        <Figure value={status.saved} label={words.figures.saved} />
        <Figure value={status.waiting} label={words.figures.waiting} />
        <Figure
          value={status.confirmed}
          label={
            status.lastConfirmedAt === null
              ? words.figures.confirmed
              : `${words.figures.confirmed}, ${words.lastConfirmed(momentText(status.lastConfirmedAt, now))}`
          }
        />
        {status.rejected > 0 && <Figure value={status.rejected} label={words.figures.rejected} />}
      </dl>
      {status.clockOffMinutes !== null && (
        <Alert color="yellow" variant="light" icon={<AlertIcon />} mt="md">
          {status.clockOffMinutes > 0
            ? words.clockAhead(spanText(status.clockOffMinutes))
            : words.clockBehind(spanText(status.clockOffMinutes))}
        </Alert>
      )}
    </Paper>
  );
}

function explanation({ connection, sentence }: SyncStatus): string {
  if (sentence !== null) return sentence;
  return connection === 'memeriksa' ? words.checkingText : words.onlineText;
}

function Figure({ value, label }: { value: number; label: string }) {
  return (
    <div className={classes.figure}>
      <dt>{label}</dt>
      <dd>{formatNumber(value)}</dd>
    </div>
  );
}
