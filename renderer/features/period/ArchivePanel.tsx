import { Button, Paper, Table, Text, Title, VisuallyHidden } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useDocuments } from '../../app/DocumentViewer.tsx';
import { useTRPC } from '../../app/rpc.ts';
import { formatInstant, formatNumber } from '../../components/formats.ts';
import { Waiting } from '../../components/Waiting.tsx';
import { words } from './words.ts';

/** Every paper of the period in each state it was printed in, to be printed again as it was. */
export function ArchivePanel({ periodId }: { periodId: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const documents = useDocuments();
  const archive = useQuery(trpc.documents.archive.queryOptions({ periodId }));
  if (archive.data === undefined) return <Waiting query={archive} silent />;
  const issued = archive.data;
  return (
    <Paper p="md">
      <Title order={2} mb="xs">
        {words.archive}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {issued.length === 0 ? words.archiveEmpty : words.archiveHint}
      </Text>
      {issued.length > 0 && (
        <Table.ScrollContainer minWidth="44rem" maxHeight="20rem">
          <Table stickyHeader verticalSpacing={4} aria-label={words.archive}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.archiveColumns.title}</Table.Th>
                <Table.Th>{words.archiveColumns.number}</Table.Th>
                <Table.Th>{words.archiveColumns.issued}</Table.Th>
                <Table.Th ta="end">{words.archiveColumns.prints}</Table.Th>
                <Table.Th>
                  <VisuallyHidden>{words.reprint}</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {issued.map((document) => (
                <Table.Tr key={document.id}>
                  <Table.Td>
                    {document.title}
                    {(document.version > 1 || !document.newest) && (
                      <Text span size="sm" c="dimmed">
                        {' '}
                        · {words.version(document.version)}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td>{document.number}</Table.Td>
                  <Table.Td>
                    {formatInstant(document.issuedAt)}
                    <Text size="xs" c="dimmed">
                      {document.issuedByName}
                    </Text>
                  </Table.Td>
                  <Table.Td ta="end">{formatNumber(document.prints)}</Table.Td>
                  <Table.Td ta="end">
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={`${words.reprint}: ${document.title}`}
                      onClick={() =>
                        documents.show({
                          title: document.title,
                          kind: 'cetak_ulang',
                          input: { documentId: document.id },
                          onReady: () => void queries.invalidateQueries(trpc.documents.pathFilter()),
                        })
                      }
                    >
                      {words.reprint}
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Paper>
  );
}
