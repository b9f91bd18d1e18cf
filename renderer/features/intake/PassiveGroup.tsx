import { CodedField, LongTextField, TextField } from './fields.tsx';
import { useIntakeForm } from './form-context.ts';
import { Section } from './Section.tsx';
import { words } from './words.ts';

/** Why the office registers the family itself, and who proposed it. */
export function PassiveGroup({ no }: { no: number }) {
  const { options } = useIntakeForm();
  const reasons = options.passiveReasons.map((reason, index) => ({
    value: reason,
    key: String(index + 1),
    label: reason,
  }));
  return (
    <Section no={no} title={words.groups.passive}>
      <CodedField path="passive.reason" label={words.reason} options={reasons} />
      <TextField path="passive.proposer" label={words.proposer} maxLength={140} />
      <TextField
        path="passive.proposerRole"
        label={words.proposerRole}
        help={words.proposerRoleHelp}
        maxLength={100}
      />
      <LongTextField path="passive.note" label={words.note} maxLength={550} />
    </Section>
  );
}
