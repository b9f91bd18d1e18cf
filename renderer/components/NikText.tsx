import { ActionIcon, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { groupNumber, maskNumber } from '../../shared/domain/nik.ts';
import { EyeIcon, EyeOffIcon } from './icons.tsx';
import classes from './NikText.module.css';

interface NikTextProps {
  /** Sixteen digits of a NIK or No KK; null where there is none. */
  value: string | null;
  /** Lists mask the middle; a person's own page shows the whole. */
  masked?: boolean;
  /** Offers a button that shows the whole number; a row of a table that is itself one control goes without. */
  revealable?: boolean;
  /** What the number is, for the label of the button. */
  kind?: 'NIK' | 'No KK';
}

/** A NIK or No KK in groups of four, tabular figures. */
export function NikText({ value, masked = false, revealable = false, kind = 'NIK' }: NikTextProps) {
  const [shown, setShown] = useState(false);
  if (value === null || value === '') return <span className={classes.none}>belum ada</span>;
  const hidden = masked && !shown;
  return (
    <span className={classes.number}>
      {hidden ? maskNumber(value) : groupNumber(value)}
      {masked && revealable && (
        <Tooltip label={hidden ? `Tampilkan ${kind}` : `Sembunyikan ${kind}`}>
          <ActionIcon
            size="xs"
            variant="subtle"
            color="gray"
            aria-label={hidden ? `Tampilkan ${kind}` : `Sembunyikan ${kind}`}
            onClick={() => setShown(hidden)}
          >
            {hidden ? <EyeIcon /> : <EyeOffIcon />}
          </ActionIcon>
        </Tooltip>
      )}
    </span>
  );
}
