import type { IdentificationResult } from '../../../shared/domain/registration.ts';
import { CheckIcon, CompareIcon, PlusIcon } from '../../components/icons.tsx';
import classes from './marks.module.css';
import { words } from './words.ts';

/** A result as a shape and words; whether the program is sure of it stands beside, in words too. */
export function ResultMark({ result, sure }: { result: IdentificationResult; sure?: boolean }) {
  return (
    <span className={classes.mark} data-sure={sure}>
      <Shape result={result} />
      <span>{words.results[result]}</span>
      {sure !== undefined && <span className={classes.aside}>{sure ? words.sure : words.unsure}</span>}
    </span>
  );
}

function Shape({ result }: { result: IdentificationResult }) {
  switch (result) {
    case 'tetap':
      return <CheckIcon />;
    case 'berubah':
      return <CompareIcon />;
    case 'baru':
      return <PlusIcon />;
  }
}
