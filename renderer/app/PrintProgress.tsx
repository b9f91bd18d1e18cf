import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTRPC } from './rpc.ts';

/** How far a stack of forms is; it goes on when the window is closed, and can be stopped. */
export function PrintProgress({ jobId }: { jobId: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.printing.progress.queryOptions({ jobId }, { refetchInterval: 250, gcTime: 0 }),
  );
  const cancel = useMutation(trpc.printing.cancel.mutationOptions());
  const share = data === undefined || data.total === 0 ? 0 : data.done / data.total;
  return (
    <Stack gap="xs" w="24rem">
      <Text size="sm" role="status">
        {data === undefined || data.total === 0
          ? 'Menyiapkan formulir …'
          : `Membuat formulir ${data.done} dari ${data.total}`}
      </Text>
      <Progress value={share * 100} aria-label="Membuat formulir" />
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          Boleh ditinggal.
        </Text>
        <Button
          variant="default"
          size="compact-sm"
          data-autofocus
          disabled={cancel.isPending || cancel.isSuccess}
          onClick={() => cancel.mutate({ jobId })}
        >
          Hentikan
        </Button>
      </Group>
    </Stack>
  );
}
