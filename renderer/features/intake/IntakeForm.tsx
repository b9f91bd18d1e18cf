import { Alert } from '@mantine/core';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import type { Draft, IntakeOptions } from '../../../shared/contract/intake.ts';
import { Consent, consentLabel } from '../../../shared/domain/consent.ts';
import type { DraftFinding } from '../../../shared/domain/draft-finding.ts';
import { type DraftHousehold, isBlankDraft } from '../../../shared/domain/draft.ts';
import { RegistrationMode } from '../../../shared/domain/registration.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useSession } from '../../app/session-context.ts';
import { CodeField } from '../../components/CodeField.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { SavedAt } from '../../components/SavedAt.tsx';
import { useEnterMovesOn } from '../../components/use-enter-moves-on.ts';
import { AddressGroup } from './AddressGroup.tsx';
import { countUnseen, seeField, typeField } from './draft-edit.ts';
import { EvidenceField } from './EvidenceField.tsx';
import { FamiliesGroup } from './FamiliesGroup.tsx';
import { CodedField, LongTextField } from './fields.tsx';
import { FormFoot } from './FormFoot.tsx';
import { IntakeFormContext, pathOf, type IntakeForm as Form } from './form-context.ts';
import { heldBy, readForm } from './form-reading.ts';
import classes from './IntakeForm.module.css';
import { MembersGroup } from './MembersGroup.tsx';
import { PassiveGroup } from './PassiveGroup.tsx';
import { ReadBack } from './ReadBack.tsx';
import { Section } from './Section.tsx';
import type { OpenDraft } from './use-draft.ts';
import { useFormActions } from './use-form-actions.ts';
import { useMembers } from './use-members.ts';
import { words } from './words.ts';

interface IntakeFormProps {
  draft: Draft;
  open: OpenDraft;
  options: IntakeOptions;
  busy: boolean;
  /** The field at which it opens, where that is not its own. */
  startAt: string | undefined;
  /** What stands beside the form: likely duplicates. */
  aside: ReactNode;
  /** What stands above it: a conflict, a refusal. */
  notice: ReactNode;
  onRegister: (unseen: number) => void;
  onLeave: () => void;
}

/** The registration form: one column, the paper's order, every key of it from the keyboard. */
export function IntakeForm({
  draft,
  open,
  options,
  busy,
  startAt,
  aside,
  notice,
  onRegister,
  onLeave,
}: IntakeFormProps) {
  const { today, account } = useSession();
  const frame = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const [attempted, setAttempted] = useState(false);
  const [reading, setReading] = useState(false);
  const { body, edit } = open;
  const findings = useMemo(() => readForm(body, draft, options, today), [body, draft, options, today]);
  const held = heldBy(findings);
  const unseen = countUnseen(body);
  const members = useMembers(body, edit, startAt ?? firstField(body, held));
  useEnterMovesOn(frame);

  const form: Form = {
    draft: body,
    options,
    today,
    findings,
    attempted,
    focused,
    type: (path, text) => edit((current) => typeField(current, path, text, { today })),
    edit,
  };

  const actions = useFormActions({
    form,
    draft,
    members,
    busy,
    unseen,
    onLeave,
    onTry: tryToRegister,
    onReadBack: () => setReading(true),
  });

  function tryToRegister() {
    setAttempted(true);
    const first = held[0];
    if (first === undefined) onRegister(unseen);
    else members.goTo(first.field);
  }

  const modes = RegistrationMode.options.map((mode, index) => ({
    value: mode,
    key: String(index + 1),
    label: words.modes[mode],
  }));
  const correction = draft.correction;
  const afterPassive = body.mode === 'pasif' ? 5 : 4;

  return (
    <IntakeFormContext value={form}>
      <ReadBack draft={body} opened={reading} onClose={() => setReading(false)} />
      <div className={classes.container}>
        <div
          ref={frame}
          className={classes.screen}
          onFocus={(event) => setFocused(pathOf(event.target))}
          onBlur={(event) => {
            const path = pathOf(event.target);
            setFocused(null);
            if (path !== null) edit((current) => seeField(current, path));
            void open.flush();
          }}
        >
          <div>
            <PageHeader
              title={correction === null ? words.formTitleNew : words.formTitleCorrection(correction.number)}
              subtitle={subtitleOf(draft, account.name)}
              aside={
                <SavedAt at={open.save.savedAt} saving={open.save.pending} problem={saveProblem(open)} />
              }
            >
              <ActionButton action={actions.readBack} variant="default" />
              <ActionButton action={actions.back} variant="default" />
            </PageHeader>
            {notice}
            {correction?.returnedWith != null && (
              <Alert color="orange" variant="light" title={words.returned} mb="md">
                {correction.returnedWith}
              </Alert>
            )}
          </div>
          <div className={classes.body}>
            <div className={classes.form}>
              {correction === null && (
                <CodeField
                  name="mode"
                  label={words.mode}
                  options={modes}
                  value={body.mode}
                  onChange={(value) =>
                    edit((current) => ({
                      ...current,
                      mode: RegistrationMode.safeParse(value).data ?? current.mode,
                    }))
                  }
                />
              )}
              <AddressGroup no={1} lastAddress={actions.lastAddress} />
              <FamiliesGroup no={2} addFamily={actions.addFamily} />
              <MembersGroup
                no={3}
                openId={members.openId}
                onOpen={members.open}
                onRemove={members.remove}
                removed={members.removed}
                undo={actions.undo}
                addMember={actions.addMember}
              />
              {body.mode === 'pasif' && <PassiveGroup no={4} />}
              <Section no={afterPassive} title={words.groups.evidence}>
                <EvidenceField draft={draft} />
              </Section>
              <Section no={afterPassive + 1} title={words.groups.consent}>
                <CodedField
                  path="consent"
                  label={words.consent}
                  help={words.consentHelp}
                  options={consents}
                />
              </Section>
              {correction !== null && (
                <Section no={afterPassive + 2} title={words.groups.correction}>
                  <LongTextField
                    path="correctionNote"
                    label={words.correctionNote}
                    help={words.correctionNoteHelp}
                    maxLength={500}
                  />
                </Section>
              )}
            </div>
            <div className={classes.aside}>{aside}</div>
          </div>
          <FormFoot
            held={held.length}
            attempted={attempted}
            unseen={unseen}
            busy={busy}
            seeAll={actions.seeAll}
            register={actions.register}
          />
        </div>
      </div>
    </IntakeFormContext>
  );
}

const consents = Consent.options.map((code) => ({ value: code, key: code, label: consentLabel[code] }));

function subtitleOf({ correction, ownerName }: Draft, me: string): string | undefined {
  if (correction !== null) return words.correctionHint;
  return ownerName === me ? undefined : words.typedBy(ownerName);
}

/** A fresh form and a correction begin at the top; a draft that is continued, where it was left. */
function firstField(body: DraftHousehold, held: readonly DraftFinding[]): string {
  return isBlankDraft(body) || body.corrects !== null
    ? 'address.street'
    : (held[0]?.field ?? 'address.street');
}

function saveProblem({ save }: OpenDraft): string | null {
  if (save.problem === null) return null;
  const held = save.problem.code === 'version_conflict' || save.problem.code === 'draft_gone';
  return held ? words.notSaved : words.notSavedYet;
}
