import { groupNumber } from '../../shared/domain/nik.ts';
import classes from './NikText.module.css';

interface NikTextProps {
  /** A NIK or No KK, whole or as the office masked it; null where there is none. */
  value: string | null;
}

/** A NIK or No KK in groups of four, tabular figures. */
export function NikText({ value }: NikTextProps) {
  if (value === null || value === '') return <span className={classes.none}>belum ada</span>;
  return <span className={classes.number}>{/^\d+$/.test(value) ? groupNumber(value) : value}</span>;
}
