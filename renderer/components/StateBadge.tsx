import type { CaseState } from '../../shared/domain/case-flow.ts';
import { caseStateLabel } from '../../shared/domain/case-words.ts';
import { StateShape } from './StateShape.tsx';
import classes from './StateBadge.module.css';

/** Where a case stands: a shape and a word, so that colour is never needed to read it. */
export function StateBadge({ state }: { state: CaseState }) {
  return (
    <span className={classes.badge} data-tone={toneOf[state]}>
      <StateShape state={state} />
      <span>{caseStateLabel[state]}</span>
    </span>
  );
}

/** Quiet by default: only what waits, what was sent back, and what is done gets a colour. */
const toneOf: Record<CaseState, 'plain' | 'waits' | 'back' | 'stopped' | 'done'> = {
  DRAF: 'plain',
  MENUNGGU_LURAH: 'waits',
  DIKEMBALIKAN: 'back',
  DITOLAK_LURAH: 'stopped',
  TERDAFTAR: 'plain',
  TERIDENTIFIKASI: 'plain',
  DAFTAR_SASARAN: 'plain',
  MUSKEL_LAYAK: 'plain',
  MUSKEL_TIDAK_LAYAK: 'stopped',
  MUSKEL_TIDAK_DITEMUKAN: 'stopped',
  MUSKEL_GANDA: 'stopped',
  DITUGASKAN: 'plain',
  DICACAH: 'plain',
  DIPERIKSA: 'waits',
  DISAHKAN: 'done',
  TERKIRIM: 'done',
  DITERIMA: 'done',
  DITOLAK: 'back',
  DITARIK: 'plain',
  DITUTUP: 'plain',
  DIGABUNG: 'plain',
};
