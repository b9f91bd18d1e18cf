import { Alert, List, Paper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { SyncStatus } from '../../../shared/contract/sync.ts';
import { useTRPC } from '../../app/rpc.ts';
import { formatDate, formatNumber } from '../../components/formats.ts';
import { AlertIcon } from '../../components/icons.tsx';
import { words } from './words.ts';

/** What the province lent and set: numbers in reserve, files on their way, settings by version. */
export function ProvinceNews({ status }: { status: SyncStatus }) {
  const trpc = useTRPC();
  const settings = useQuery(trpc.sync.settings.queryOptions());
  const { numbersLeft, files, downRefused } = status;
  const lines = [
    ...(numbersLeft === null
      ? []
      : [numbersLeft === 0 ? words.noNumbers : words.numbersLeft(formatNumber(numbersLeft))]),
    ...(files.waiting === 0
      ? []
      : [words.filesWaiting(formatNumber(files.waiting), formatNumber(Math.ceil(files.bytes / 1024)))]),
    ...(settings.data ?? []).map(({ setting, title, version, effectiveFrom, inForce, unusable }) =>
      [
        words.settings[setting],
        `${title}, ${words.version(version)}`,
        unusable ?? (inForce ? words.inForce : words.from(formatDate(effectiveFrom))),
      ].join(' · '),
    ),
  ];
  return (
    <>
      {downRefused && (
        <Alert color="red" variant="light" icon={<AlertIcon />} mb="md">
          {words.downRefused}
        </Alert>
      )}
      {lines.length > 0 && (
        <Paper p="md" mb="md" component="section" aria-label={words.news}>
          <List size="sm" spacing={4}>
            {lines.map((line) => (
              <List.Item key={line}>
                <Text size="sm">{line}</Text>
              </List.Item>
            ))}
          </List>
        </Paper>
      )}
    </>
  );
}
