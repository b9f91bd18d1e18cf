import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { useActions } from '../../app/actions/use-actions.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { referenceImportActions } from './actions.ts';
import { CheckedStep } from './CheckedStep.tsx';
import { ChooseStep } from './ChooseStep.tsx';
import { JobPanel } from '../../components/JobPanel.tsx';
import { MapStep } from './MapStep.tsx';
import type { Phase } from './phase.ts';
import classes from './reference.module.css';
import { SavedStep } from './SavedStep.tsx';
import { StageStep } from './StageStep.tsx';
import { useImport } from './use-import.ts';
import { words } from './words.ts';

/** A list comes in: choose, look at what the check found, store. */
export function ImportScreen() {
  const importing = useImport();
  const { phase } = importing;
  const restart = {
    ...referenceImportActions.restart,
    when: () => phase.step === 'checked' || phase.step === 'saved',
    perform: importing.restart,
  };
  useActions([restart]);

  return (
    <div className={classes.wizard}>
      <PageHeader title={words.importTitle} subtitle={words.importSubtitle} />
      <Steps current={stepOf(phase)} />
      {importing.chosen.stageId === null ? (
        bodyOf(phase, importing)
      ) : (
        <StageStep jobId={importing.chosen.stageId} onLeave={importing.leaveStage} />
      )}
    </div>
  );
}

function bodyOf(phase: Phase, importing: ReturnType<typeof useImport>): ReactNode {
  switch (phase.step) {
    case 'loading':
      return <Loader size="sm" />;
    case 'choose':
      return <ChooseStep importing={importing} problem={phase.problem} />;
    case 'map':
      return <MapStep importing={importing} sheets={phase.sheets} problem={phase.problem} />;
    case 'work':
      return (
        <JobPanel
          job={phase.job}
          note={phase.saving ? words.mayLeaveSaving : words.mayLeave}
          stopping={importing.cancel.isPending || importing.cancel.variables?.jobId === phase.job.id}
          onStop={() => importing.cancel.mutate({ jobId: phase.job.id })}
        />
      );
    case 'checked':
      return <CheckedStep importing={importing} job={phase.job} problem={phase.problem} />;
    case 'saved':
      return <SavedStep job={phase.job} onAgain={importing.restart} />;
  }
}

function stepOf(phase: Phase): number {
  switch (phase.step) {
    case 'loading':
    case 'choose':
    case 'map':
      return 0;
    case 'work':
      return phase.saving ? 1 : 0;
    case 'checked':
      return 1;
    case 'saved':
      return 2;
  }
}

function Steps({ current }: { current: number }) {
  return (
    <ol className={classes.steps} aria-label={words.stepsLabel}>
      {words.steps.map((label, index) => (
        <li
          key={label}
          aria-current={index === current ? 'step' : undefined}
          data-done={index < current || undefined}
        >
          <span className={classes.stepNumber}>{index + 1}</span>
          {label}
        </li>
      ))}
    </ol>
  );
}
