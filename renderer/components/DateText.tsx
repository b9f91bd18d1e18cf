import { formatDate, formatInstant } from './formats.ts';

/** An ISO date (`1980-08-17`) or instant, written for people and kept exact for machines. */
export function DateText({ value }: { value: string }) {
  const isInstant = value.includes('T');
  return (
    <time dateTime={value} style={{ whiteSpace: 'nowrap' }}>
      {isInstant ? formatInstant(value) : formatDate(value)}
    </time>
  );
}
