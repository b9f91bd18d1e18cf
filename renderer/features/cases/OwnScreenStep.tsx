import { Button } from '@mantine/core';
import { useNavigate, type NavigateOptions } from '@tanstack/react-router';
import type { CaseAction } from '../../../shared/domain/case-flow.ts';
import type { StepOffer } from './step-offers.ts';

/**
 * Where a step that has its own screen is taken. A feature adds its line when its route stands;
 * a step without a line is taken where the case is not opened from (registration).
 */
const destinations: Partial<Record<CaseAction, (caseId: string) => NavigateOptions>> = {
  tetapkan_identifikasi: (caseId) => ({ to: '/identification/$caseId', params: { caseId } }),
  catat_muskel_layak: () => ({ to: '/muskel' }),
  tugaskan: () => ({ to: '/verification', search: { stage: 'siap' } }),
  catat_hasil_kunjungan: () => ({ to: '/verification', search: { stage: 'lapangan' } }),
};

/** Whether a step can be taken from the case: here, or on a screen it leads to. */
export function canBeTaken(offer: StepOffer): boolean {
  return offer.edge.ownScreen !== true || destinations[offer.edge.action] !== undefined;
}

/** The button of a step that leads to its own screen. */
export function OwnScreenStep({ offer, caseId }: { offer: StepOffer; caseId: string }) {
  const navigate = useNavigate();
  const destination = destinations[offer.edge.action]?.(caseId);
  if (destination === undefined) return null;
  return (
    <Button
      variant={offer.rank === 'primary' ? 'filled' : 'default'}
      onClick={() => void navigate(destination)}
    >
      {offer.label} …
    </Button>
  );
}
