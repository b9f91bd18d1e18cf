import { ActionButton } from '../../app/actions/ActionButton.tsx';
import type { Action } from '../../app/actions/action.ts';
import { CodedField, NumberField, TextField } from './fields.tsx';
import { useIntakeForm } from './form-context.ts';
import classes from './IntakeForm.module.css';
import { Section } from './Section.tsx';
import { words } from './words.ts';

/** Where the family lives. */
export function AddressGroup({ no, lastAddress }: { no: number; lastAddress: Action }) {
  const { options } = useIntakeForm();
  const kelurahan = options.kelurahan.map(({ code, name }, index) => ({
    value: code,
    key: String(index + 1),
    label: name,
  }));
  return (
    <Section
      no={no}
      title={words.groups.address}
      aside={<ActionButton action={lastAddress} variant="subtle" size="compact-sm" />}
    >
      <TextField path="address.street" label={words.street} help={words.streetHelp} maxLength={220} />
      <div className={classes.row} data-place>
        <NumberField path="address.rt" label={words.rt} />
        <NumberField path="address.rw" label={words.rw} />
        {kelurahan.length > 1 && (
          <CodedField path="address.kelurahan" label={words.kelurahan} options={kelurahan} />
        )}
        <TextField path="phone" label={words.phone} help={words.phoneHelp} maxLength={40} />
      </div>
    </Section>
  );
}
