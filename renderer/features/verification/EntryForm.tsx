import { Button, Group } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { OpenSheet } from '../../../shared/contract/verification.ts';
import { abandonedFamilies, askedFamilies, withoutFamily } from '../../../shared/domain/visit-families.ts';
import { withCorrection } from '../../../shared/domain/visit-corrections.ts';
import { differencesOf, unexplained } from '../../../shared/domain/visit-differences.ts';
import { displaySheetCode } from '../../../shared/domain/sheet-code.ts';
import {
  fullVisit,
  holdingBack,
  inspectVisit,
  type VisitEntry,
  withoutSkipped,
} from '../../../shared/domain/visit-entry.ts';
import { householdAfterVisit, membersAtVisit } from '../../../shared/domain/visit-household.ts';
import { missingPhotos, photosOf } from '../../../shared/domain/visit-photos.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import type { Action } from '../../app/actions/action.ts';
import { useActions } from '../../app/actions/use-actions.ts';
import { tellDone } from '../../app/notify.ts';
import { useSession } from '../../app/session-context.ts';
import type { Autosaved } from '../../app/use-autosaved.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { SavedAt } from '../../components/SavedAt.tsx';
import { useEnterMovesOn } from '../../components/use-enter-moves-on.ts';
import { entryActions } from './actions.ts';
import {
  acceptRecorded,
  type Answerer,
  fieldId,
  passId,
  warningsByField,
  withAnswer,
  withNewMember,
  withoutNewMember,
} from './entry-edit.ts';
import classes from './EntryScreen.module.css';
import { DifferencesDialog } from './DifferencesDialog.tsx';
import { IdentitySection, RosterSection } from './IdentitySections.tsx';
import { photoId, PhotoSection } from './PhotoSection.tsx';
import { AbandonedFamily, MemberHeading, Questions } from './Questions.tsx';
import { StaleNote } from './StaleNote.tsx';
import { NoteSection, VisitSection } from './VisitSection.tsx';
import { words } from './words.ts';
import { formatRtRw } from '../../../shared/domain/rt-rw.ts';

interface EntryFormProps {
  sheet: OpenSheet;
  visit: Autosaved<VisitEntry>;
  busy: boolean;
  /** What stands above the form: a conflict, a refusal. */
  notice: ReactNode;
  onFinish: () => void;
  onLeave: () => void;
  /** What was legalised is being mended: only answers are typed, and put before the lurah. */
  amends?: boolean;
  /** The field at which it opens; the date of the visit where left out. */
  startAt?: string;
}

/** A sheet being typed in, in the paper's order and with the paper's numbers. */
export function EntryForm({
  sheet,
  visit,
  busy,
  notice,
  onFinish,
  onLeave,
  amends = false,
  startAt = 'visitedOn',
}: EntryFormProps) {
  const typed = sheet.editable || amends;
  const { today } = useSession();
  const frame = useRef<HTMLDivElement>(null);
  const [attempted, setAttempted] = useState(false);
  const [comparing, setComparing] = useState(false);
  const [files, setFiles] = useState(sheet.files);
  const photos = photosOf(sheet.instrument);
  const noPhotos = missingPhotos(sheet.instrument, files);
  const firstPhoto = sheet.editable
    ? (noPhotos[0] ?? photos[0])
    : photos.find(({ code }) => !noPhotos.some((missing) => missing.code === code));
  const { body: entry, edit } = visit;
  const day = entry.visitedOn ?? today;
  useEnterMovesOn(frame);
  useEffect(() => {
    const field = document.getElementById(fieldId(startAt));
    if (typed) field?.focus();
    else if (startAt !== 'visitedOn') field?.scrollIntoView({ block: 'center' });
  }, [typed, startAt]);

  const members = useMemo(() => membersAtVisit(sheet.household, entry, sheet.instrument), [entry, sheet]);
  const findings = useMemo(
    () => [
      ...householdAfterVisit(sheet.household, entry, sheet.instrument, {
        today,
        areaName: (code) => sheet.nikAreas[code] ?? null,
      }).findings,
      ...inspectVisit(
        withoutSkipped(entry, sheet.instrument, members, today),
        sheet.instrument,
        members,
        today,
      ),
    ],
    [entry, sheet, members, today],
  );
  const families = useMemo(() => askedFamilies(sheet.instrument, members, entry), [entry, sheet, members]);
  const abandoned = abandonedFamilies(sheet.instrument, members, entry);
  const accepted = useMemo(() => acceptRecorded(entry, sheet, members, day), [entry, sheet, members, day]);
  // The same function from keystroke to keystroke, so that one field is redrawn and not two hundred.
  const warnings = useMemo(() => warningsByField(findings, entry.passes), [findings, entry.passes]);
  const held = useMemo(() => holdingBack(findings, entry.passes), [findings, entry.passes]);
  const differences = useMemo(
    () => differencesOf(entry, sheet.instrument, members, sheet.recorded, today),
    [entry, sheet, members, today],
  );
  const pass = useCallback(
    (key: string, reason: string) =>
      edit((current) => ({ ...current, passes: { ...current.passes, [key]: reason } })),
    [edit],
  );
  const answer = useCallback(
    (path: string, value: string) =>
      edit((current) => withAnswer(current, answererOf(path), questionOf(path), value)),
    [edit],
  );

  const correct = useCallback(
    (field: string, text: string) =>
      edit((current) => ({ ...current, corrections: withCorrection(current.corrections, field, text) })),
    [edit],
  );

  const change = (changes: Partial<VisitEntry>) => edit((current) => ({ ...current, ...changes }));

  function showFirst() {
    setAttempted(true);
    const first = held[0];
    if (first === undefined) return;
    const id = first.level === 'peringatan' ? passId(first) : fieldId(first.field);
    // What is missing may be a field that only now shows itself.
    requestAnimationFrame(() => document.getElementById(id)?.focus());
  }

  const finish: Action = {
    ...entryActions.finish,
    ...(amends ? { label: words.propose } : {}),
    when: () => typed && !busy,
    perform: () => {
      if (held.length > 0) showFirst();
      else if (unexplained(differences, entry.reasons).length > 0) setComparing(true);
      else onFinish();
    },
  };
  const takeRecorded: Action = {
    ...entryActions.takeRecorded,
    when: () => sheet.editable && entry.result === fullVisit && accepted.taken > 0,
    perform: () => {
      edit(() => accepted.entry);
      tellDone(words.tookRecorded(accepted.taken));
    },
  };
  // What a visit that asked nobody found of the family is no correction of it.
  const corrects = entry.result === null || entry.result === fullVisit;
  const toIdentity: Action = {
    ...entryActions.toIdentity,
    when: () => sheet.editable && corrects,
    perform: () => document.getElementById(fieldId('identity.address.street'))?.focus(),
  };
  const toPhotos: Action = {
    ...entryActions.toPhotos,
    when: () => entry.result === fullVisit && firstPhoto !== undefined,
    perform: () => document.getElementById(photoId(firstPhoto?.code ?? ''))?.focus(),
  };
  const addMember: Action = {
    ...entryActions.addMember,
    when: () => sheet.editable && corrects,
    perform: () => {
      const id = crypto.randomUUID();
      edit((current) => withNewMember(current, sheet.instrument, id));
      requestAnimationFrame(() => document.getElementById(fieldId(`identity.members.${id}.name`))?.focus());
    },
  };
  const compare: Action = {
    ...entryActions.compare,
    when: () => typed && differences.length > 0,
    perform: () => setComparing(true),
  };
  const back: Action = { ...entryActions.back, perform: onLeave };
  useActions([finish, takeRecorded, compare, toIdentity, toPhotos, addMember, back]);

  const identity = { sheet, entry, findings, attempted, warnings, onCorrect: correct, onPass: pass };
  const shown = attempted
    ? findings
    : findings.filter((finding) => finding.field === 'visitedOn' && entry.visitedOn !== null);
  const asked = { sheet, members, visit, day, attempted, warnings, onAnswer: answer, onPass: pass };

  return (
    <div ref={frame} className={classes.screen} onBlur={() => void visit.flush()}>
      <div>
        <PageHeader
          title={words.entryTitle(sheet.number)}
          subtitle={`${words.entryPlace(sheet.headName, sheet.street, formatRtRw(sheet.rt, sheet.rw))} · ${words.entrySheet(displaySheetCode(sheet.code), sheet.printNo)}`}
          aside={
            sheet.editable && (
              <SavedAt
                at={visit.save.savedAt}
                saving={visit.save.pending}
                problem={visit.save.problem === null ? null : words.notSaved}
              />
            )
          }
        >
          <ActionButton action={back} variant="default" />
        </PageHeader>
        {notice}
        {sheet.changes.length > 0 && <StaleNote changes={sheet.changes} />}
      </div>
      <div className={classes.form}>
        <fieldset className={classes.part} disabled={!sheet.editable}>
          {corrects && (
            <>
              <IdentitySection {...identity} />
              <RosterSection
                {...identity}
                add={addMember}
                onRemove={(id) => edit((current) => withoutNewMember(current, id))}
              />
            </>
          )}
        </fieldset>
        <fieldset className={classes.part} disabled={!typed}>
          <VisitSection
            block={sheet.instrument.blocks.visit}
            caseId={sheet.caseId}
            entry={entry}
            findings={shown}
            onChange={change}
          />
          {entry.result === fullVisit && (
            <>
              <Questions {...asked} who={household} groups={sheet.instrument.household} />
              {families.map(({ no, head }) => (
                <Questions
                  key={no}
                  {...asked}
                  who={{ kind: 'family', id: String(no) }}
                  groups={sheet.instrument.family}
                  of={families.length > 1 ? words.familyOf(no, head?.name ?? null) : null}
                />
              ))}
              {abandoned.map((no) => (
                <AbandonedFamily key={no} no={no} onDiscard={() => edit((kept) => withoutFamily(kept, no))} />
              ))}
              {members.map((member, index) => (
                <Questions
                  key={member.id}
                  {...asked}
                  who={{ kind: 'member', id: member.id }}
                  groups={sheet.instrument.member}
                  heading={<MemberHeading member={member} no={index + 1} day={day} />}
                />
              ))}
            </>
          )}
        </fieldset>
        {entry.result === fullVisit && photos.length > 0 && (
          // Open in a finished entry too: its pictures are looked at, and none is added.
          <PhotoSection
            caseId={sheet.caseId}
            photos={photos}
            files={files}
            editable={sheet.editable}
            onAdded={(file) => setFiles((kept) => [...kept, file])}
          />
        )}
        <fieldset className={classes.part} disabled={!typed}>
          {entry.result === fullVisit && (
            <Questions {...asked} who={process} groups={sheet.instrument.process} />
          )}
          <NoteSection entry={entry} findings={shown} onChange={change} />
        </fieldset>
      </div>
      {typed && (
        <div className={classes.foot}>
          <div className={classes.status} role="status">
            <span>{held.length === 0 ? words.complete : words.missing(held.length)}</span>
            {held.length > 0 && (
              <Button variant="subtle" size="compact-sm" onClick={showFirst}>
                {words.showFirst}
              </Button>
            )}
            {entry.result === fullVisit && noPhotos.length > 0 && (
              <span>{words.photosMissing(noPhotos.map(({ label }) => label))}</span>
            )}
          </div>
          <Group gap="xs">
            <ActionButton action={compare} variant="default" />
            {sheet.editable && <ActionButton action={takeRecorded} variant="default" />}
            <ActionButton action={finish} loading={busy} />
          </Group>
        </div>
      )}
      <DifferencesDialog
        opened={comparing}
        onClose={() => setComparing(false)}
        differences={differences}
        reasons={entry.reasons}
        choices={sheet.differenceReasons}
        onReason={(field, reason) =>
          edit((current) => ({ ...current, reasons: { ...current.reasons, [field]: reason } }))
        }
        onKeepPrinted={({ field, printed }) => answer(field, printed)}
        onDone={() => {
          setComparing(false);
          onFinish();
        }}
      />
    </div>
  );
}

const household: Answerer = { kind: 'household' };
const process: Answerer = { kind: 'process' };

function answererOf(path: string): Answerer {
  const [kind, id = ''] = path.split('.');
  if (kind === 'members') return { kind: 'member', id };
  if (kind === 'families') return { kind: 'family', id };
  return kind === 'process' ? process : household;
}

function questionOf(path: string): string {
  return path.split('.').at(-1) ?? '';
}
