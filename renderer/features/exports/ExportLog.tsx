import { Modal, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../app/rpc.ts';
import { formatInstant, formatNumber } from '../../components/formats.ts';
import { Waiting } from '../../components/Waiting.tsx';
import { words } from './words.ts';

/** What left the program so far. */
export function ExportLog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title={words.log} size="70rem">
      {opened && <Entries />}
    </Modal>
  );
}

function Entries() {
  const trpc = useTRPC();
  const log = useQuery(trpc.exports.log.queryOptions());
  if (log.data === undefined) return <Waiting query={log} />;
  if (log.data.length === 0) return <Text>{words.logEmpty}</Text>;
  const { logColumns } = words;
  return (
    <Table.ScrollContainer minWidth="50rem" maxHeight="60vh">
      <Table stickyHeader aria-label={words.log}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{logColumns.at}</Table.Th>
            <Table.Th>{logColumns.what}</Table.Th>
            <Table.Th>{logColumns.purpose}</Table.Th>
            <Table.Th>{logColumns.recipient}</Table.Th>
            <Table.Th ta="end">{logColumns.rows}</Table.Th>
            <Table.Th>{logColumns.by}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {log.data.map((entry) => (
            <Table.Tr key={entry.id}>
              <Table.Td>{formatInstant(entry.madeAt)}</Table.Td>
              <Table.Td>{entry.title}</Table.Td>
              <Table.Td>{entry.purpose}</Table.Td>
              <Table.Td>
                {[entry.recipient, entry.basis].filter((part) => part !== null).join(' · ')}
              </Table.Td>
              <Table.Td ta="end">{formatNumber(entry.rows)}</Table.Td>
              <Table.Td>{entry.madeByName}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
