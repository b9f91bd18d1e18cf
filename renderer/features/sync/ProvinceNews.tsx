import { Alert, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ProvinceSetting, SyncStatus } from '../../../shared/contract/sync.ts';
import { useTRPC } from '../../app/rpc.ts';
import { formatDate, formatNumber } from '../../components/formats.ts';
import { AlertIcon } from '../../components/icons.tsx';
import classes from './sync.module.css';
import { words } from './words.ts';

/** What the province lent and set: numbers in reserve, files on their way, settings by version. */
export function ProvinceNews({ status }: { status: SyncStatus }) {
  const trpc = useTRPC();
  const { data: settings = [] } = useQuery(trpc.sync.settings.queryOptions());
  const { numbersLeft, files, downRefused, downFailed, downTrouble } = status;
  const lines = [
    ...(downFailed === 0 ? [] : [words.downFailed(formatNumber(downFailed))]),
    ...(numbersLeft === null
      ? []
      : [numbersLeft === 0 ? words.noNumbers : words.numbersLeft(formatNumber(numbersLeft))]),
    ...(files.waiting === 0
      ? []
      : [words.filesWaiting(formatNumber(files.waiting), formatNumber(Math.ceil(files.bytes / 1024)))]),
  ];
  return (
    <>
      {[downTrouble && words.downTrouble[downTrouble], downRefused && words.downRefused].map(
        (alert) =>
          alert && (
            <Alert key={alert} color="red" variant="light" icon={<AlertIcon />} mb="md">
              {alert}
            </Alert>
          ),
      )}
      {lines.length + settings.length > 0 && (
        <Paper p="md" mb="md" component="section" aria-labelledby="berita-provinsi" className={classes.news}>
          <Title order={2} size="h4" mb="xs" id="berita-provinsi">
            {words.news}
          </Title>
          <Stack gap={6}>
            {lines.map((line) => (
              <Text key={line} size="sm">
                {line}
              </Text>
            ))}
            {settings.map((setting) => (
              <Setting key={`${setting.setting} ${setting.title} ${setting.version}`} setting={setting} />
            ))}
          </Stack>
        </Paper>
      )}
    </>
  );
}

function Setting({ setting: published }: { setting: ProvinceSetting }) {
  const { setting, title, version, effectiveFrom, standing, unusable, sentences } = published;
  return (
    <div>
      <Group gap="xs" wrap="wrap">
        <Text size="sm" fw={600}>
          {words.settings[setting]}: {title}
        </Text>
        <Text size="sm" c="dimmed">
          {words.version(version)}
          {unusable === null &&
            ` · ${standing === 'menunggu' ? words.from(formatDate(effectiveFrom)) : words.standing[standing]}`}
        </Text>
      </Group>
      {unusable !== null && <Text size="sm">{unusable}</Text>}
      {setting === 'model_skor' && <Text size="sm">{words.modelNote}</Text>}
      {sentences.length > 0 && (
        <details>
          <summary className={classes.summary}>{words.ruleOf(title)}</summary>
          <List size="sm" spacing={2} pl="xs">
            {sentences.map((sentence) => (
              <List.Item key={sentence}>{sentence}</List.Item>
            ))}
          </List>
        </details>
      )}
    </div>
  );
}
