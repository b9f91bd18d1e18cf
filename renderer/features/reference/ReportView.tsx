import { Alert, Group, Stack, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { RefusedOf } from '../../../shared/contract/exports.ts';
import { type ImportReport, isOfSheet } from '../../../shared/contract/reference.ts';
import { formatNumber } from '../../components/formats.ts';
import { AlertIcon, CheckIcon } from '../../components/icons.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import { refusedColumns } from './columns.tsx';
import classes from './reference.module.css';
import { SendBack } from './SendBack.tsx';
import { words } from './words.ts';

interface ReportViewProps {
  report: ImportReport;
  /** Where its refused rows are taken from as they leave; null where they were not kept. */
  refusedOf: RefusedOf | null;
}

/** What reading a list found; the same for the dry run and for a snapshot that is stored. */
export function ReportView({ report, refusedOf }: ReportViewProps) {
  const { figures } = words;
  const quiet =
    report.refusedCount === 0 && report.warnings.length === 0 && report.unknownColumns.length === 0;
  const sheets = report.warnings.filter(isOfSheet);
  const warnings = report.warnings.filter((warning) => !isOfSheet(warning));
  return (
    <Stack gap="lg">
      {sheets.length > 0 && (
        <Alert color="orange" variant="light" icon={<AlertIcon />} title={words.sheetsTitle}>
          <Stack gap="xs">
            {sheets.map(({ code, message }) => (
              <Text key={`${code} ${message}`} size="sm">
                {message}
              </Text>
            ))}
          </Stack>
        </Alert>
      )}
      <div>
        <dl className={classes.figures}>
          <Figure label={figures.rows} value={report.rows} />
          <Figure label={figures.households} value={report.households} />
          <Figure label={figures.persons} value={report.persons} />
          <Figure label={figures.withoutNik} value={report.withoutNik} />
          <Figure label={figures.refused} value={report.refusedCount} alarming={report.refusedCount > 0} />
        </dl>
        {report.sheet !== null && (
          <Text size="sm" c="dimmed" mt="xs">
            {words.sheet(report.sheet)}
          </Text>
        )}
        {quiet && (
          <Group gap="xs" mt="sm">
            <CheckIcon />
            <Text size="sm">{words.allGood}</Text>
          </Group>
        )}
      </div>
      {report.refusedCount > 0 && <Refused report={report} of={refusedOf} />}
      {warnings.length > 0 && (
        <Part title={words.warningsTitle}>
          <ul className={classes.notes}>
            {warnings.map((warning) => (
              <li key={`${warning.code} ${warning.message}`}>
                {warning.message}
                <Text size="sm" c="dimmed">
                  {words.warningRows(warning.count, warning.rows)}
                </Text>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Areas report={report} />
      <Columns title={words.unknownTitle} text={words.unknownText} columns={report.unknownColumns} />
      <Columns title={words.absentTitle} text={words.absentText} columns={report.absentColumns} />
      {report.readBy !== undefined && (
        <Text size="sm" c="dimmed">
          {words.readBy(report.readBy)}
        </Text>
      )}
    </Stack>
  );
}

function Figure({ label, value, alarming = false }: { label: string; value: number; alarming?: boolean }) {
  return (
    <div className={classes.figure} data-alarming={alarming || undefined}>
      <dt>{label}</dt>
      <dd>{formatNumber(value)}</dd>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Title order={3} mb="xs">
        {title}
      </Title>
      {children}
    </section>
  );
}

function Refused({ report, of }: { report: ImportReport; of: RefusedOf | null }) {
  const rows = report.refused;
  return (
    <Part title={words.refusedTitle}>
      <Text size="sm" mb="xs">
        {words.refusedText}
        {rows.length < report.refusedCount && ` ${words.refusedMore(rows.length, report.refusedCount)}`}
      </Text>
      <div
        className={classes.refused}
        style={{ height: `calc(${Math.min(rows.length + 1, 8) * 3.25}rem + 2px)` }}
      >
        <VirtualTable
          label={words.refusedTitle}
          rows={rows}
          columns={refusedColumns}
          rowKey={(row) => `${row.row} ${row.reason}`}
          rowRem={3.25}
        />
      </div>
      <SendBack of={of} />
    </Part>
  );
}

/** Shown where it says something: more than one area, or one that is not known. */
function Areas({ report }: { report: ImportReport }) {
  const areas = report.detectedAreas;
  const { areaColumns } = words;
  if (areas.length < 2 && areas.every((area) => area.kelurahan !== null)) return null;
  return (
    <Part title={words.areasTitle}>
      <Table.ScrollContainer minWidth="30rem" maxHeight="16rem">
        <Table stickyHeader verticalSpacing={4} aria-label={words.areasTitle}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{areaColumns.name}</Table.Th>
              <Table.Th>{areaColumns.code}</Table.Th>
              <Table.Th>{areaColumns.found}</Table.Th>
              <Table.Th ta="end">{areaColumns.households}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {areas.map((area) => (
              <Table.Tr key={`${area.code} ${area.name}`}>
                <Table.Td>{area.name === '' ? '–' : area.name}</Table.Td>
                <Table.Td>{area.code ?? '–'}</Table.Td>
                <Table.Td>
                  {area.kelurahan === null
                    ? words.areaUnknown
                    : words.areaFound(area.kelurahanName ?? '', area.kelurahan)}
                </Table.Td>
                <Table.Td ta="end">{formatNumber(area.households)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Part>
  );
}

function Columns({ title, text, columns }: { title: string; text: string; columns: readonly string[] }) {
  if (columns.length === 0) return null;
  return (
    <Part title={title}>
      <Text size="sm">{columns.join(', ')}.</Text>
      <Text size="sm" c="dimmed">
        {text}
      </Text>
    </Part>
  );
}
