import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { CheckInput } from '../../../shared/contract/reference.ts';
import type { ListMapping } from '../../../shared/domain/list-mapping.ts';
import { isLost, untilEnded } from '../../app/job.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useKeptState } from '../../app/use-kept-state.ts';
import { type Chosen, isChosen, needsMapping, nothing, phaseOf, systemOf } from './phase.ts';

export function useImport() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [chosen, setChosen] = useKeptState('reference.import', nothing, isChosen);
  const check = useJob(chosen.checkId);
  const storing = useJob(chosen.importId);
  const preview = useJob(chosen.previewId);
  const gone = [check.error, storing.error, preview.error].some(isLost);
  // The office forgets jobs when it restarts: the file is asked for again.
  useEffect(() => {
    if (gone) setChosen({ ...chosen, ...nothingRunning, upload: null, lost: true });
  });
  const stored = storing.data?.list?.id ?? null;
  useEffect(() => {
    if (stored !== null) void queries.invalidateQueries(trpc.reference.lists.pathFilter());
  }, [stored, queries, trpc]);

  const discard = useMutation(trpc.reference.discard.mutationOptions({ meta: { quiet: true } }));
  const startCheck = useMutation(
    trpc.reference.check.mutationOptions({
      onSuccess: ({ jobId }) => setChosen({ ...chosen, checkId: jobId, importId: null }),
    }),
  );
  const startPreview = useMutation(
    trpc.reference.preview.mutationOptions({
      onSuccess: ({ jobId }) => setChosen({ ...chosen, previewId: jobId, checkId: null, importId: null }),
    }),
  );
  const startImport = useMutation(
    trpc.reference.import.mutationOptions({
      onSuccess: ({ jobId }) => setChosen({ ...chosen, importId: jobId }),
    }),
  );
  const startStage = useMutation(
    trpc.difference.stage.mutationOptions({
      onSuccess: ({ jobId }) => setChosen({ ...chosen, stageId: jobId }),
    }),
  );
  const cancel = useMutation(trpc.reference.cancel.mutationOptions());

  function restart() {
    if (chosen.upload !== null && stored === null) discard.mutate({ uploadId: chosen.upload.uploadId });
    setChosen(nothing);
  }

  /** How the chosen file is read; null while something is not said yet. */
  function howToRead(mapping: ListMapping | null = chosen.mapping): CheckInput | null {
    const { upload, source, codes, kelurahan } = chosen;
    if (upload === null || codes === null) return null;
    const ofHand = needsMapping(chosen) ? mapping : null;
    return { uploadId: upload.uploadId, source, areaCodes: systemOf(codes), kelurahan, mapping: ofHand };
  }

  return {
    chosen,
    choose: (change: Partial<Chosen>) =>
      // Of a file that was lost it is said until another is there.
      setChosen({ ...chosen, ...change, ...nothingRunning, lost: chosen.lost && change.upload == null }),
    /** Keeps the mapping while its screen is left, and checks the file with it. */
    checkMapped: (mapping: ListMapping) => {
      const how = howToRead(mapping);
      if (how === null) return;
      startCheck.mutate(how, {
        onSuccess: ({ jobId }) => setChosen({ ...chosen, mapping, checkId: jobId, importId: null }),
      });
    },
    backToChoice: () => setChosen({ ...chosen, ...nothingRunning }),
    howToRead,
    phase: phaseOf(chosen, check.data ?? null, storing.data ?? null, preview.data ?? null),
    startPreview,
    startCheck,
    startImport,
    startStage,
    /** The file is taken over, or its comparison did not end well. */
    leaveStage: (taken: boolean) => setChosen(taken ? nothing : { ...chosen, stageId: null }),
    cancel,
    restart,
  };
}

const nothingRunning = { previewId: null, checkId: null, importId: null, stageId: null };

function useJob(jobId: string | null) {
  const trpc = useTRPC();
  return useQuery({
    ...trpc.reference.progress.queryOptions({ jobId: jobId ?? '' }),
    ...untilEnded,
    enabled: jobId !== null,
  });
}
