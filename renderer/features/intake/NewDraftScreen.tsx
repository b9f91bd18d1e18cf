import { Loader, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { z } from 'zod';
import { RegistrationMode } from '../../../shared/domain/registration.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { words } from './words.ts';

/** What `/intake/new` may say: `?mode=pasif`, or the case to correct or to copy. */
export const NewDraftSearch = z.object({
  mode: RegistrationMode.optional().catch(undefined),
  copy: z.uuid().optional().catch(undefined),
  correct: z.uuid().optional().catch(undefined),
  /** The field at which the correction opens. */
  field: z.string().max(60).optional().catch(undefined),
});

/** Opens a fresh form (or the correction of a case) and moves on to it; F2 leads here from anywhere. */
export function NewDraftScreen() {
  const { mode, correct, copy, field } = useSearch({ from: '/intake/new' });
  const trpc = useTRPC();
  const navigate = useNavigate();
  const begun = useRef(false);
  const onSuccess = ({ id }: { id: string }) =>
    navigate({ to: '/intake/$draftId', params: { draftId: id }, search: { field }, replace: true });
  const create = useMutation(trpc.intake.create.mutationOptions({ meta: { quiet: true }, onSuccess }));
  const openCorrection = useMutation(
    trpc.intake.correct.mutationOptions({ meta: { quiet: true }, onSuccess }),
  );
  const duplicate = useMutation(trpc.intake.duplicate.mutationOptions({ meta: { quiet: true }, onSuccess }));
  const error = create.error ?? openCorrection.error ?? duplicate.error;

  function open() {
    if (copy !== undefined) duplicate.mutate({ caseId: copy });
    else if (correct === undefined) create.mutate({ mode: mode ?? 'aktif' });
    else openCorrection.mutate({ caseId: correct });
  }
  useEffect(() => {
    // React runs effects twice while developing; one form is enough.
    if (begun.current) return;
    begun.current = true;
    open();
  });

  if (error !== null) return <ProblemNote problem={problemOf(error)} onRetry={open} />;
  return (
    <Text size="sm" c="dimmed">
      <Loader size="xs" mr="xs" /> {words.opening}
    </Text>
  );
}
