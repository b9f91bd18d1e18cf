import { Table, Text } from '@mantine/core';
import { type FieldComparison, type FieldVerdict, fieldVerdictLabel } from '../../../shared/domain/match.ts';
import { groupNumber } from '../../../shared/domain/nik.ts';
import { CheckIcon, CompareIcon, MinusIcon } from '../../components/icons.tsx';
import { diffText } from '../../components/text-diff.ts';
import classes from './marks.module.css';
import { words } from './words.ts';

interface FieldTableProps {
  /** Who is compared, for screen readers. */
  label: string;
  groups: readonly {
    title: string | null;
    fields: readonly FieldComparison[];
    /** The same fields of the next best candidate, where there is one. */
    rival: readonly FieldComparison[] | null;
  }[];
  /** Name of the next best candidate, beside whom the asked one is judged. */
  rivalName: string | null;
}

/** Field by field what was reported, what the list has, and whether it is equal, different or missing. */
export function FieldTable({ label, groups, rivalName }: FieldTableProps) {
  const columns = rivalName === null ? 4 : 5;
  return (
    <Table
      className={classes.fields}
      layout="fixed"
      verticalSpacing={4}
      horizontalSpacing={8}
      aria-label={label}
    >
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={rivalName === null ? '20%' : '6.5rem'}>{words.fieldColumn}</Table.Th>
          <Table.Th>{words.reportedColumn}</Table.Th>
          <Table.Th>{words.referenceColumn}</Table.Th>
          <Table.Th w={rivalName === null ? '10.5rem' : '6.75rem'}>{words.verdictColumn}</Table.Th>
          {rivalName !== null && (
            <Table.Th className={classes.rival} title={words.rivalIs(rivalName)}>
              {words.rival}
            </Table.Th>
          )}
        </Table.Tr>
      </Table.Thead>
      {groups.map((group) => (
        <Table.Tbody key={group.title ?? ''}>
          {group.title !== null && (
            <Table.Tr>
              <Table.Th colSpan={columns} scope="rowgroup" className={classes.group}>
                {group.title}
              </Table.Th>
            </Table.Tr>
          )}
          {group.fields.map((field, index) => (
            <FieldRow
              key={`${field.field} ${index}`}
              field={field}
              rival={rivalName === null ? undefined : rivalField(field, group.rival ?? [])}
            />
          ))}
        </Table.Tbody>
      ))}
    </Table>
  );
}

/** The rival's value beside the same field; a list may hold an age where another holds a date. */
function rivalField(field: FieldComparison, rival: readonly FieldComparison[]): FieldComparison | null {
  return rival.find((other) => other.field === field.field) ?? null;
}

function FieldRow({ field, rival }: { field: FieldComparison; rival?: FieldComparison | null }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {field.label}
      </Table.Th>
      <Table.Td>
        <Side field={field} side="reported" />
      </Table.Td>
      <Table.Td>
        <Side field={field} side="reference" />
      </Table.Td>
      <Table.Td>
        <VerdictMark verdict={field.verdict} />
        {field.note !== null && (
          <Text size="xs" c="dimmed">
            {field.note}
          </Text>
        )}
      </Table.Td>
      {rival !== undefined && (
        <Table.Td className={classes.rival}>
          {rival !== null && <Side field={rival} side="reference" />}
        </Table.Td>
      )}
    </Table.Tr>
  );
}

/** One side's value; where both differ, what only this side has is marked. */
function Side({ field, side }: { field: FieldComparison; side: 'reported' | 'reference' }) {
  const reported = shown(field, field.reported);
  const reference = shown(field, field.reference);
  const value = side === 'reported' ? reported : reference;
  if (value === null)
    return (
      <Text size="sm" c="dimmed">
        –
      </Text>
    );
  if (field.verdict !== 'beda' || reported === null || reference === null)
    return <span className="tabular">{value}</span>;
  const difference = diffText(reference, reported);
  const parts = side === 'reported' ? difference.after : difference.before;
  return (
    <span className="tabular">
      {parts.map((part, index) => {
        const key = `${index} ${part.text}`;
        if (!part.own) return <span key={key}>{part.text}</span>;
        return side === 'reported' ? (
          <ins key={key} className={classes.added}>
            {part.text}
          </ins>
        ) : (
          <del key={key} className={classes.gone}>
            {part.text}
          </del>
        );
      })}
    </span>
  );
}

function shown(field: FieldComparison, value: string | null): string | null {
  return value !== null && (field.field === 'nik' || field.field === 'kk') ? groupNumber(value) : value;
}

function VerdictMark({ verdict }: { verdict: FieldVerdict }) {
  return (
    <span className={classes.mark} data-verdict={verdict}>
      <Shape verdict={verdict} />
      <span>{fieldVerdictLabel[verdict]}</span>
    </span>
  );
}

function Shape({ verdict }: { verdict: FieldVerdict }) {
  switch (verdict) {
    case 'sama':
      return <CheckIcon />;
    case 'beda':
      return <CompareIcon />;
    case 'tidak_ada':
      return <MinusIcon />;
  }
}
