import { Radio, Text, VisuallyHidden } from '@mantine/core';
import { type MergeField, MergeSide } from '../../../shared/domain/merge.ts';
import { groupNumber } from '../../../shared/domain/nik.ts';
import { diffText, type Segment } from '../../components/text-diff.ts';
import classes from './MergeScreen.module.css';
import { words } from './words.ts';

interface FieldChoicesProps {
  fields: readonly MergeField[];
  choices: Readonly<Record<string, MergeSide>>;
  /** The kept case can no longer change: its own values stand. */
  locked: boolean;
  /** Path of the field that takes the focus when the screen opens, if it is one of these. */
  focused: string | undefined;
  onChoose: (field: MergeField, side: MergeSide) => void;
}

/** Every field that differs, both values beside each other; Tab goes on, the arrow keys choose. */
export function FieldChoices({ fields, choices, locked, focused, onChoose }: FieldChoicesProps) {
  if (fields.length === 0)
    return (
      <Text size="sm" my="sm">
        {words.nothingDiffers}
      </Text>
    );
  const groups = [...Map.groupBy(fields, (field) => field.group)];
  return (
    <div className={classes.fields} role="group" aria-label={words.fieldsLabel}>
      {groups.map(([group, members]) => (
        <section key={group} aria-label={group}>
          <Text component="h2" size="sm" fw={600} className={classes.group}>
            {group}
          </Text>
          {members.map((field) => (
            <Choice
              key={field.path}
              field={field}
              side={choices[field.path] ?? 'tetap'}
              locked={locked}
              first={field.path === focused}
              onChoose={(side) => onChoose(field, side)}
            />
          ))}
        </section>
      ))}
    </div>
  );
}

function Choice({
  field,
  side,
  locked,
  first,
  onChoose,
}: {
  field: MergeField;
  side: MergeSide;
  locked: boolean;
  /** Takes the focus when the screen opens. */
  first: boolean;
  onChoose: (side: MergeSide) => void;
}) {
  const [kept, other] = [shown(field, field.kept), shown(field, field.other)];
  const difference = diffText(kept ?? '', other ?? '');
  return (
    <Radio.Group
      value={side}
      onChange={(value) => onChoose(MergeSide.parse(value))}
      // The name of the group to a reader of the screen; the column at the left shows it.
      label={<VisuallyHidden>{`${field.group}: ${field.label}`}</VisuallyHidden>}
    >
      <div className={classes.row}>
        <span className={classes.label}>{field.label}</span>
        <Radio
          value="tetap"
          disabled={locked}
          autoFocus={first && side === 'tetap'}
          label={kept === null ? words.empty : <Marked segments={difference.before} />}
          description={field.notes?.kept}
        />
        <Radio
          value="digabung"
          disabled={locked}
          autoFocus={first && side === 'digabung'}
          label={other === null ? words.empty : <Marked segments={difference.after} />}
          description={field.notes?.other}
        />
      </div>
    </Radio.Group>
  );
}

/** What only this side has is underlined: a line, not only a colour. */
function Marked({ segments }: { segments: readonly Segment[] }) {
  return (
    <span className="tabular">
      {segments.map((segment, index) =>
        segment.own ? (
          <mark key={`${index} ${segment.text}`} className={classes.own}>
            {segment.text}
          </mark>
        ) : (
          <span key={`${index} ${segment.text}`}>{segment.text}</span>
        ),
      )}
    </span>
  );
}

function shown(field: MergeField, value: string | null): string | null {
  return value !== null && /\.(nik|kk)$/.test(field.path) ? groupNumber(value) : value;
}
