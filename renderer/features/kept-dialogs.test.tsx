import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { TeamMember } from '../../shared/contract/team.ts';
import { createRpcClient, TRPCProvider } from '../app/rpc.ts';
import { SessionStore } from '../app/session-store.ts';
import { KeptStates, KeptStatesContext } from '../app/use-kept-state.ts';
import { ReasonForm } from '../components/ReasonModal.tsx';
import { AccountForm } from './accounts/AccountForm.tsx';
import { mappedRoleLabel } from '../../shared/domain/list-mapping.ts';
import {
  emptyReport,
  type ReferenceListInfo,
  type ReferenceProgress,
} from '../../shared/contract/reference.ts';
import { ConsentForm } from './cases/ConsentDialog.tsx';
import { CheckedStep } from './reference/CheckedStep.tsx';
import { MapStep } from './reference/MapStep.tsx';
import { nothing as nothingChosen } from './reference/phase.ts';
import { DrawForm } from './spot-check/DrawForm.tsx';
import { EnrolForm } from './sync/EnrolForm.tsx';
import { DecreeForm } from './team/DecreeForm.tsx';
import { MemberForm } from './team/MemberForm.tsx';

const nothing = () => {};

/** @param lists those that stand; left out, they are on their way. */
function shown(
  dialog: ReactNode,
  kept: Readonly<Record<string, unknown>>,
  lists?: readonly Partial<ReferenceListInfo>[],
): string {
  const states = new KeptStates();
  for (const [key, value] of Object.entries(kept)) states.set(key, value);
  const queries = new QueryClient();
  if (lists !== undefined) queries.setQueryData([['reference', 'lists'], { type: 'query' }], lists);
  return renderToStaticMarkup(
    <MantineProvider env="test">
      <QueryClientProvider client={queries}>
        <TRPCProvider trpcClient={createRpcClient(new SessionStore())} queryClient={queries}>
          <KeptStatesContext value={states}>{dialog}</KeptStatesContext>
        </TRPCProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

const member: TeamMember = {
  id: 'm1',
  name: 'Rina Wulandari',
  origin: 'PSM',
  position: 'anggota',
  phone: '',
  nik: null,
  decreeId: null,
  areas: [],
  training: [],
  active: true,
  version: 3,
  progress: { waiting: 0, out: 0, back: 0, done: 0 },
};
const typedMember = {
  name: 'Rina Wulan',
  origin: 'PSM',
  position: 'anggota',
  phone: '0812000111',
  nik: '',
  decreeId: null,
  areas: [],
  training: [],
  active: true,
};

function memberForm(version: number): ReactNode {
  return (
    <MemberForm
      member={{ ...member, version }}
      origins={[]}
      decrees={[]}
      today="2026-11-22"
      onDone={nothing}
    />
  );
}

function consentForm(consent: '1' | '2'): ReactNode {
  return <ConsentForm caseId="a" consent={consent} onClose={nothing} />;
}

describe('a dialog that was left with Esc', () => {
  it.each([
    [
      'the reason of a step',
      <ReasonForm
        key="r"
        keep="a"
        title="Buka lagi"
        reasonRequired
        onCancel={nothing}
        onConfirm={async () => null}
      />,
      'reason.a',
      'Salah ketuk palu',
    ],
    [
      'a decree',
      <DecreeForm key="d" teamName="Tim" onDone={nothing} />,
      'team.decree.new',
      { number: '12/SK/2026', dated: '', about: 'Tentang Tim', startsOn: '', endsOn: null },
    ],
    [
      'a draw of visits',
      <DrawForm key="s" drawable={[]} onDone={nothing} />,
      'spotCheck.draw',
      { count: '17', enumerator: '*' },
    ],
    [
      'the address of an enrolment at the province',
      <EnrolForm key="e" address="" training={false} onDone={nothing} />,
      'sync.enrol',
      'https://MPM.jakarta.go.id',
    ],
    [
      'a new account',
      <AccountForm key="a" account={null} onDone={nothing} />,
      'account.new',
      { username: 'siti2', name: 'Siti Aminah', nip: '', role: 'petugas_loket' },
    ],
    [
      'a new member of the team',
      <MemberForm key="m" member={null} origins={[]} decrees={[]} today="2026-11-22" onDone={nothing} />,
      'team.member.new',
      typedMember,
    ],
  ])('opens with %s as it was typed', (_what, dialog, key, kept) => {
    const typed = typeof kept === 'string' ? [kept] : Object.values(kept).filter(isSpoken);
    expect(typed.length).toBeGreaterThan(0);
    for (const text of typed) {
      expect(holds(shown(dialog, { [key]: kept }), text), text).toBe(true);
      expect(holds(shown(dialog, {}), text), text).toBe(false);
    }
  });

  it('goes on with a consent only from what the family had said when it was typed', () => {
    const kept = { 'cases.consent.a.1': '9' };
    expect(holds(shown(consentForm('1'), kept), '9')).toBe(true);
    expect(holds(shown(consentForm('2'), kept), '9')).toBe(false);
  });

  it('goes on with a member of the team only from the version it was typed on', () => {
    const kept = { 'team.member.m1.3': typedMember };
    expect(shown(memberForm(3), kept)).toContain('0812000111');
    const saved = shown(memberForm(4), kept);
    expect(saved).not.toContain('0812000111');
    expect(saved).toContain('Rina Wulandari');
  });

  it('keeps no code of an enrolment', () => {
    const kept = { 'sync.enrol': { address: 'https://MPM.jakarta.go.id', code: 'ABCD-EFGH' } };
    expect(shown(<EnrolForm address="" training={false} onDone={nothing} />, kept)).not.toContain('ABCD');
  });

  it('keeps no password', () => {
    const kept = {
      username: 'siti2',
      name: 'Siti',
      nip: '',
      role: 'petugas_loket',
      password: 'rahasia sekali',
    };
    expect(shown(<AccountForm account={null} onDone={nothing} />, { 'account.new': kept })).not.toContain(
      'rahasia',
    );
  });
});

describe('an import that was left', () => {
  const checked: ReferenceProgress = {
    id: 'job',
    state: 'selesai',
    done: 1,
    total: 1,
    message: '',
    problem: null,
    report: emptyReport,
    sameFile: null,
    list: null,
    sheets: null,
  };
  const mutation = { mutate: nothing, isPending: false };
  const list = {
    id: 'list',
    source: nothingChosen.source,
    name: 'DTKS Gambir',
    listDate: '2025-12-31',
    version: 1,
    withdrawnAt: null,
    current: true,
  };
  const importing = {
    chosen: nothingChosen,
    howToRead: () => null,
    startImport: mutation,
    startStage: mutation,
    restart: nothing,
  };
  it('still says that the file holds a part, and beside which list it goes', () => {
    const step = <CheckedStep importing={importing as never} job={checked} problem={null} />;
    const other = { ...list, id: 'other', name: 'Lain' };
    const kept = { 'reference.beside.job': 'list' };
    const part = shown(step, { ...kept, 'reference.whole.job': false }, [list, other]);
    expect([isChosen(part, 'sebagian'), isChosen(part, 'seluruh')]).toEqual([true, false]);
    const whole = shown(step, kept, [list, other]);
    expect([isChosen(whole, 'sebagian'), isChosen(whole, 'seluruh')]).toEqual([false, true]);
    // Stored beside nothing: it is not asked.
    expect(shown(step, { 'reference.beside.job': 'langsung' }, [list])).not.toContain('Berkas ini memuat');
  });

  it('is not stored before it is known which lists stand', () => {
    const step = <CheckedStep importing={importing as never} job={checked} problem={null} />;
    const named = { 'reference.name.job': 'DTKS Gambir' };
    expect(shown(step, named)).not.toContain('<form');
    expect(shown(step, named)).toContain('Memuat …');
    expect(shown(step, named, [])).toContain('value="DTKS Gambir"');
  });

  it('has a form that can be given the keyboard, also where the form comes later than its step', () => {
    const step = <CheckedStep importing={importing as never} job={checked} problem={null} />;
    expect(shown(step, {}, [])).toMatch(/<form[^>]*tabindex="-1"/i);
  });

  it('still knows what the columns of a file mean that were said by hand, for each row of headers', () => {
    const upload = { uploadId: 'upload', fileName: 'daftar.xlsx', size: 1, sha256: '' };
    const columns = [{ header: 'No', at: 0, samples: ['1'], role: 'answer' as const }];
    // The file is read anew each time: by another job.
    const map = (headerRow: number, previewId: string) => (
      <MapStep
        importing={
          { ...importing, chosen: { ...nothingChosen, upload, previewId }, startCheck: mutation } as never
        }
        sheets={[{ name: 'Lembar1', headerRow, columns }]}
        problem={null}
      />
    );
    const kept = { 'reference.map.upload.Lembar1.1': ['nik'], 'reference.mapName.upload': 'Pemetaan RW 7' };
    const nik = `value="${mappedRoleLabel.nik}"`;
    expect(shown(map(1, 'second job'), kept)).toContain(nik);
    expect(shown(map(1, 'second job'), kept)).toContain('Pemetaan RW 7');
    expect(shown(map(2, 'third job'), kept)).not.toContain(nik);
  });
});

/** Whether the page has this radio, and it is chosen. */
function isChosen(page: string, value: string): boolean {
  return new RegExp(`<input[^>]*(checked=""[^>]*value="${value}"|value="${value}"[^>]*checked="")`).test(
    page,
  );
}

/** What a person typed, and no code of a choice. */
function isSpoken(value: unknown): value is string {
  return typeof value === 'string' && /[A-Z0-9]/.test(value);
}

/** Whether a field of the page holds this, and nothing else. */
function holds(page: string, text: string): boolean {
  return page.includes(`value="${text}"`) || page.includes(`>${text}<`);
}
