import { Button, Text, Title } from '@mantine/core';
import type { OpenSheet } from '../../../shared/contract/verification.ts';
import { rowNumber } from '../../../shared/domain/instrument.ts';
import { groupNumber } from '../../../shared/domain/nik.ts';
import { type Member, Relation, relationLabel } from '../../../shared/domain/person.ts';
import type { VisitEntry, VisitFinding } from '../../../shared/domain/visit-entry.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import type { Action } from '../../app/actions/action.ts';
import { formatDate } from '../../components/formats.ts';
import { CorrectionField, type CorrectionKind } from './CorrectionField.tsx';
import classes from './EntryScreen.module.css';
import { newFamilies, type Warning } from './entry-edit.ts';
import { words } from './words.ts';
import { threeDigits } from '../../../shared/domain/rt-rw.ts';

interface IdentityProps {
  sheet: OpenSheet;
  entry: VisitEntry;
  findings: readonly VisitFinding[];
  /** What is missing is shown too. */
  attempted: boolean;
  warnings: ReadonlyMap<string, readonly Warning[]>;
  onCorrect: (field: string, text: string) => void;
  onPass: (key: string, reason: string) => void;
}

const sexes = [
  { value: 'L', key: '1', label: words.sexes.L },
  { value: 'P', key: '2', label: words.sexes.P },
];
const relations = Relation.options.map((code) => ({ value: code, key: code, label: relationLabel[code] }));

/** The first block of the paper: where the household lives, its cards, its telephone. */
export function IdentitySection(props: IdentityProps) {
  const { sheet } = props;
  const { address, phone, families } = sheet.printed;
  const block = sheet.instrument.blocks.identity;
  const numbers = knownFamilies(sheet);
  const no = (index: number, label: string) => `${rowNumber(block, index)} ${label}`;
  return (
    <section className={classes.section} aria-labelledby="identity-title">
      <Title order={2} id="identity-title">
        <span className={classes.no}>{block}</span> {words.identity}
      </Title>
      <Text size="sm" c="dimmed">
        {words.identityHelp}
      </Text>
      <div className={classes.corrections}>
        {box(props, 'address.street', no(2, words.street), 'text', address.street, { maxLength: 200 })}
        {box(props, 'address.rt', no(3, 'RT'), 'number', threeDigits(address.rt), { maxLength: 3 })}
        {box(props, 'address.rw', no(3, 'RW'), 'number', threeDigits(address.rw), { maxLength: 3 })}
        {numbers.map((family, index) => {
          const kk = families.find((other) => other.no === family)?.kk ?? null;
          const label = no(4 + index, numbers.length === 1 ? words.kk : words.kkOf(family));
          return box(props, `families.${family}.kk`, label, 'sixteen', grouped(kk));
        })}
        {box(props, 'phone', no(4 + numbers.length, words.phone), 'text', phone ?? words.none, {
          maxLength: 20,
        })}
      </div>
    </section>
  );
}

/** The second block: everybody printed, whoever the visit found besides, and the cards of new families. */
export function RosterSection({
  add,
  onRemove,
  ...props
}: IdentityProps & { add: Action; onRemove: (id: string) => void }) {
  const { sheet, entry } = props;
  const block = sheet.instrument.blocks.roster;
  // Also those who joined since the paper was printed: what is printed of them is nothing.
  const members = sheet.household.members;
  const added = entry.corrections.added.filter((id) => !members.some((member) => member.id === id));
  return (
    <section className={classes.section} aria-labelledby="roster-title">
      <div className={classes.title}>
        <Title order={2} id="roster-title">
          <span className={classes.no}>{block}</span> {words.roster}
        </Title>
        {sheet.editable && <ActionButton action={add} variant="default" size="compact-sm" />}
      </div>
      {members.map((member, index) => (
        <fieldset key={member.id} className={classes.person}>
          <legend>{words.member(index + 1, member.name)}</legend>
          <div className={classes.corrections}>
            {memberBoxes(
              props,
              member.id,
              sheet.printed.members.find(({ id }) => id === member.id) ?? member,
            )}
          </div>
        </fieldset>
      ))}
      {added.map((id, index) => (
        <fieldset key={id} className={classes.person}>
          <legend>
            {words.newMember(
              members.length + index + 1,
              (entry.corrections.fields[`members.${id}.name`] ?? '').trim(),
            )}
          </legend>
          <div className={classes.corrections}>{memberBoxes(props, id, null)}</div>
          {sheet.editable && (
            <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onRemove(id)}>
              {words.removeNewMember}
            </Button>
          )}
        </fieldset>
      ))}
      <div className={classes.corrections}>
        {newFamilies(entry, knownFamilies(sheet)).map((no) =>
          box(props, `families.${no}.kk`, words.kkOf(no), 'sixteen', null),
        )}
      </div>
    </section>
  );
}

function memberBoxes(props: IdentityProps, id: string, printed: Member | null) {
  const path = (key: string) => `members.${id}.${key}`;
  const shown = (text: string) => (printed === null ? null : text);
  return (
    <>
      {box(props, path('name'), words.name, 'text', shown(printed?.name ?? ''))}
      {box(
        props,
        path('relation'),
        words.relation,
        'code',
        shown(printed === null ? '' : `${printed.relation} ${relationLabel[printed.relation]}`),
        { options: relations },
      )}
      {box(props, path('sex'), words.sex, 'code', shown(printed === null ? '' : words.sexes[printed.sex]), {
        options: sexes,
      })}
      {box(props, path('familyNo'), words.familyNo, 'number', shown(String(printed?.familyNo ?? '')), {
        maxLength: 1,
      })}
      {box(props, path('nik'), words.nik, 'sixteen', shown(grouped(printed?.nik ?? null)))}
      {box(
        props,
        path('birthDate'),
        words.birthDate,
        'date',
        shown(printed?.birthDate == null ? words.none : formatDate(printed.birthDate)),
      )}
    </>
  );
}

function box(
  { entry, findings, attempted, warnings, onCorrect, onPass }: IdentityProps,
  field: string,
  label: string,
  kind: CorrectionKind,
  printed: string | null,
  more: { options?: typeof relations | typeof sexes; maxLength?: number } = {},
) {
  const path = `identity.${field}`;
  const value = entry.corrections.fields[field] ?? '';
  const wrong = findings.find((finding) => finding.field === path && finding.level === 'blokir');
  return (
    <CorrectionField
      key={field}
      field={field}
      label={label}
      kind={kind}
      printed={printed}
      value={value}
      error={value !== '' || attempted ? (wrong?.message ?? null) : null}
      warnings={warnings.get(path) ?? none}
      onCorrect={onCorrect}
      onPass={onPass}
      {...more}
    />
  );
}

const none: readonly Warning[] = [];

/** Numbers of the families on the paper, and of those that came to the household since. */
function knownFamilies({ printed, household }: OpenSheet): number[] {
  return [...new Set([...printed.families, ...household.families].map(({ no }) => no))].toSorted(
    (left, right) => left - right,
  );
}

function grouped(number: string | null): string {
  return number === null ? words.none : groupNumber(number);
}
