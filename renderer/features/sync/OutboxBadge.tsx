import type { CaseState } from '../../../shared/domain/case-flow.ts';
import { type OutboxState, outboxStateLabel } from '../../../shared/domain/outbox.ts';
import badge from '../../components/StateBadge.module.css';
import { StateShape } from '../../components/StateShape.tsx';
import { words } from './words.ts';

/** Shapes are those of the cases' own states, so that one sign means one thing. */
const looks: Record<OutboxState, { shape: CaseState; tone: 'plain' | 'waits' | 'back' | 'done' }> = {
  menunggu: { shape: 'MENUNGGU_LURAH', tone: 'waits' },
  dikirim: { shape: 'TERKIRIM', tone: 'plain' },
  ditahan: { shape: 'MENUNGGU_LURAH', tone: 'waits' },
  diterima: { shape: 'DITERIMA', tone: 'done' },
  ditolak: { shape: 'DITOLAK', tone: 'back' },
  bertentangan: { shape: 'MUSKEL_GANDA', tone: 'back' },
};

/** @param carried a courier has it, too */
export function OutboxBadge({ state, carried = false }: { state: OutboxState; carried?: boolean }) {
  const { shape, tone } = looks[state];
  return (
    <span className={badge.badge} data-tone={tone}>
      <StateShape state={shape} />
      <span>{carried ? words.carried : outboxStateLabel[state]}</span>
    </span>
  );
}
