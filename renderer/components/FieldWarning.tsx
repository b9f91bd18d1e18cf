import { Anchor, Text } from '@mantine/core';
import { AlertIcon } from './icons.tsx';
import classes from './FieldWarning.module.css';

interface FieldWarningProps {
  /** What looks odd, in words. */
  children: string;
  /** The mend on offer: "Pakai 17-08-1980". */
  mend?: { label: string; onMend: () => void };
}

/** A soft warning under its field: amber, lets pass, and offers the mend. Errors use the field's own `error`. */
export function FieldWarning({ children, mend }: FieldWarningProps) {
  return (
    <Text component="div" size="xs" className={classes.warning} role="status">
      <AlertIcon size={14} />
      <span>
        {children}{' '}
        {mend !== undefined && (
          <Anchor component="button" type="button" size="xs" onClick={mend.onMend}>
            {mend.label}
          </Anchor>
        )}
      </span>
    </Text>
  );
}
