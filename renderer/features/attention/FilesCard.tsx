import { Button, Group, List, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { attachmentSlotLabel } from '../../../shared/contract/attachments.ts';
import { type FileItem, FileRemedy } from '../../../shared/contract/attention.ts';
import { postFile } from '../../app/files.ts';
import { tellDone } from '../../app/notify.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useMay, useSessionStore } from '../../app/session-context.ts';
import { ChooseFile } from '../../components/ChooseFile.tsx';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { scalePhoto } from '../attachments/scale-photo.ts';
import { uploadAgain } from './upload-again.ts';
import { words } from './words.ts';

/** Files that do not reach the province: which, why, and what a person can do. */
export function FilesCard({ item }: { item: FileItem }) {
  const { caseId, files } = item;
  const trpc = useTRPC();
  const queries = useQueryClient();
  const session = useSessionStore();
  const renew = () =>
    Promise.all([
      queries.invalidateQueries(trpc.attention.pathFilter()),
      queries.invalidateQueries(trpc.sync.pathFilter()),
    ]);
  const mend = useMutation({
    meta: { quiet: true },
    mutationFn: (chosen: File) =>
      uploadAgain(chosen, scalePhoto, async (file) => {
        const form = new FormData();
        form.set('caseId', caseId);
        form.set('file', file);
        await postFile(session, '/files/attachment/again', form, null);
      }),
    onSuccess: async () => {
      tellDone(words.fileMended);
      await renew();
    },
  });
  const retry = useMutation(
    trpc.sync.retryNow.mutationOptions({
      meta: { quiet: true },
      onSuccess: async () => {
        tellDone(words.triedNow);
        await renew();
      },
    }),
  );
  const remedies = FileRemedy.options.filter((remedy) => files.some((file) => file.remedy === remedy));
  const isDamaged = remedies.includes('unggah');
  const mayMend = useMay('intake:write') && isDamaged;
  const mayRetry = useMay('sync:retry') && remedies.some((remedy) => remedy !== 'unggah');
  const error = mend.error ?? retry.error;
  return (
    <>
      <List size="sm" mb="xs">
        {files.map(({ id, name, slot, sentence }) => (
          <List.Item key={id}>
            <b>{name}</b> ({attachmentSlotLabel[slot]}). {sentence}
          </List.Item>
        ))}
      </List>
      {remedies.map((remedy) => (
        <Text key={remedy} size="sm">
          {words.fileNext[remedy]}
        </Text>
      ))}
      {isDamaged && !mayMend && <Text size="sm">{words.byCounter}</Text>}
      {error !== null && <ProblemNote problem={problemOf(error)} />}
      {(mayRetry || mayMend) && (
        <Group justify="flex-end" gap="xs" mt="sm">
          {mayRetry && (
            <Button variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>
              {words.tryNow}
            </Button>
          )}
          {mayMend && (
            <ChooseFile onChoose={(file) => mend.mutate(file)}>
              {(props) => (
                <Button {...props} loading={mend.isPending}>
                  {words.fileAgain}
                </Button>
              )}
            </ChooseFile>
          )}
        </Group>
      )}
    </>
  );
}
