import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useActions } from '../../app/actions/use-actions.ts';
import { useDocuments } from '../../app/DocumentViewer.tsx';
import { useTRPC } from '../../app/rpc.ts';
import type { CaseDetail } from '../../../shared/contract/cases.ts';
import { documentKindLabel } from '../../../shared/domain/document.ts';
import { correctableStates, editableStates } from '../../../shared/domain/case-flow.ts';
import { headOf } from '../../../shared/domain/household.ts';
import { lifeEventStates } from '../../../shared/domain/life-event.ts';
import { CloseIcon } from '../../components/icons.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { StateBadge } from '../../components/StateBadge.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { CaseCorrections } from '../period/CaseCorrections.tsx';
import { lifeEventActions } from '../life-event/actions.ts';
import { LifeEventDialog } from '../life-event/LifeEventDialog.tsx';
import { caseDetailActions } from './actions.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { CaseMerges } from '../merge/CaseMerges.tsx';
import { CaseRanks } from '../reference/CaseRanks.tsx';
import { CaseDocuments } from './CaseDocuments.tsx';
import { CaseHistory } from './CaseHistory.tsx';
import { CaseHousehold } from './CaseHousehold.tsx';
import { ConsentDialog } from './ConsentDialog.tsx';
import { CaseSteps } from './CaseSteps.tsx';
import classes from './CasesScreen.module.css';
import { CaseDecisions } from '../sync/CaseDecisions.tsx';
import { words } from './words.ts';

/** One case: what the family reported, what has happened, and what can be done next. */
export function CaseScreen() {
  const { caseId } = useParams({ from: '/cases/$caseId' });
  const search = useSearch({ from: '/cases/$caseId' });
  const navigate = useNavigate();
  const trpc = useTRPC();
  const detail = useQuery(trpc.cases.get.queryOptions({ caseId }));
  const back = { ...caseDetailActions.back, perform: () => void navigate({ to: '/cases', search }) };
  useActions([back]);

  return (
    <section className={classes.detail}>
      {detail.data !== undefined && <Detail key={caseId} detail={detail.data} onBack={back.perform} />}
      <Waiting query={detail} />
    </section>
  );
}

function Detail({ detail, onBack }: { detail: CaseDetail; onBack: () => void }) {
  const documents = useDocuments();
  const navigate = useNavigate();
  const current = detail.case;
  const print = {
    ...caseDetailActions.printReceipt,
    perform: () => show('tanda_terima'),
  };
  const correct = {
    ...caseDetailActions.correct,
    when: () => editableStates.includes(current.state) || correctableStates.includes(current.state),
    perform: () => void navigate({ to: '/intake/new', search: { correct: current.id } }),
  };
  const [recording, setRecording] = useState(false);
  const recordEvent = {
    ...lifeEventActions.record,
    when: () => lifeEventStates.includes(current.state),
    perform: () => setRecording(true),
  };
  const [consenting, setConsenting] = useState(false);
  const consent = {
    ...caseDetailActions.consent,
    // Of a case that went into another, the family speaks at the one that stays.
    when: () => current.state !== 'DIGABUNG',
    perform: () => setConsenting(true),
  };
  const duplicate = {
    ...caseDetailActions.duplicate,
    perform: () => void navigate({ to: '/intake/new', search: { copy: current.id } }),
  };
  const printForm = {
    ...caseDetailActions.printForm,
    perform: () => show('formulir_pendaftaran'),
  };
  const printProfile = {
    ...caseDetailActions.printProfile,
    perform: () => show('profil_keluarga'),
  };
  function show(kind: 'tanda_terima' | 'formulir_pendaftaran' | 'profil_keluarga') {
    documents.show({
      title: `${documentKindLabel[kind]} ${current.number}`,
      kind,
      input: { caseId: current.id },
    });
  }
  useActions([print, printForm, printProfile, correct, consent, duplicate, recordEvent]);
  return (
    <>
      <PageHeader
        title={headOf(current.household)?.name ?? current.number}
        subtitle={<span className="tabular">{current.number}</span>}
        aside={
          <Text span size="sm">
            <StateBadge state={current.state} />
          </Text>
        }
      >
        {recordEvent.when() && <ActionButton action={recordEvent} variant="default" />}
        {correct.when() && <ActionButton action={correct} variant="default" />}
        <ActionButton action={print} variant="default" />
        <Button
          variant="default"
          leftSection={<CloseIcon />}
          rightSection={<ShortcutKeys shortcut="Esc" />}
          aria-keyshortcuts="Escape"
          onClick={onBack}
        >
          {words.close}
        </Button>
      </PageHeader>
      <div className={classes.columns}>
        <div>
          <CaseHousehold detail={detail}>
            {consent.when() && <ActionButton action={consent} variant="subtle" size="compact-sm" />}
          </CaseHousehold>
        </div>
        <div>
          <CaseCorrections current={current} />
          <CaseMerges caseId={current.id} />
          <CaseRanks caseId={current.id} />
          <CaseDecisions caseId={current.id} />
          <CaseHistory history={detail.history} />
          <CaseDocuments detail={detail}>
            <ActionButton action={printForm} variant="default" size="compact-sm" />
            <ActionButton action={printProfile} variant="default" size="compact-sm" />
          </CaseDocuments>
        </div>
      </div>
      <CaseSteps detail={detail} />
      <ConsentDialog
        caseId={detail.case.id}
        consent={detail.consent}
        opened={consenting}
        onClose={() => setConsenting(false)}
      />
      <LifeEventDialog current={current} opened={recording} onClose={() => setRecording(false)} />
    </>
  );
}
