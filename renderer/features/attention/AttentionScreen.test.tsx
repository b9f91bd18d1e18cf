import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterContextProvider,
} from '@tanstack/react-router';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { AttentionItem } from '../../../shared/contract/attention.ts';
import { conflicts, holds, rejections, requestProblems } from '../../../shared/provincial/problems.ts';
import type { Role } from '../../../shared/domain/role.ts';
import { rejectedFields } from '../../../tests/fixtures/rejected-fields.ts';
import { sessionOf } from '../../../tests/fixtures/session-info.ts';
import { createRpcClient, TRPCProvider } from '../../app/rpc.ts';
import { SessionContext } from '../../app/session-context.ts';
import { SessionStore } from '../../app/session-store.ts';
import { AttentionScreen } from './AttentionScreen.tsx';
import { words } from './words.ts';

const at = '2026-11-20T02:00:00.000Z';
const ofCase = {
  id: 'case',
  caseId: 'case',
  number: '3171011001/2026/000001',
  headName: 'Slamet',
  since: at,
};

/** The screen as whoever decides sees it, with these items. */
function shown(...items: AttentionItem[]): string {
  return shownTo('petugas_verifikasi', ...items);
}

function shownTo(role: Role, ...items: AttentionItem[]): string {
  const session = new SessionStore();
  session.begin('secret', sessionOf(role));
  const queries = new QueryClient();
  queries.setQueryData([['attention', 'list'], { type: 'query' }], items);
  const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() });
  return renderToStaticMarkup(
    <MantineProvider env="test">
      <SessionContext value={session}>
        <QueryClientProvider client={queries}>
          <TRPCProvider trpcClient={createRpcClient(session)} queryClient={queries}>
            <RouterContextProvider router={router}>
              <AttentionScreen />
            </RouterContextProvider>
          </TRPCProvider>
        </QueryClientProvider>
      </SessionContext>
    </MantineProvider>,
  );
}

/** Whose label stands on a button of the screen. */
function buttonsIn(html: string): string[] {
  const { mend, mendVisit, openCase, finish, sendAgain, decide, tryNow, fileAgain } = words;
  return [mend, mendVisit, openCase, finish, sendAgain, decide, tryNow, fileAgain].filter((label) =>
    html.includes(`>${label}<`),
  );
}

describe('what the province can answer, as it stands in "Perlu perhatian"', () => {
  it.each(Object.entries(rejections))('%s: what is the matter, and where it is mended', (code, sentence) => {
    const { label, target } = rejectedFields[code as keyof typeof rejections];
    const html = shown({
      kind: 'ditolak',
      ...ofCase,
      taskId: null,
      sentence,
      from: 'Server provinsi',
      fieldLabel: label,
      target,
    });
    expect(html).toContain(words.kinds.ditolak);
    expect(html).toContain(sentence);
    expect(html).toContain(ofCase.number);
    expect(html.includes('Isian: ')).toBe(label !== null);
    expect(html).toContain(label ?? '');
    expect(buttonsIn(html)).toEqual([target.to === 'formulir' ? words.mend : words.openCase]);
    expect(html.includes(words.ofNoForm)).toBe(target.to === 'berkas');
  });

  it.each(Object.entries(holds))(
    'held for %s: that the office goes on by itself, and whom to ask',
    (_, sentence) => {
      const html = shown({ kind: 'tertahan', ...ofCase, sentence });
      expect(html).toContain(words.kinds.tertahan);
      expect(html).toContain(sentence);
      expect(html).toContain(words.heldNext.tertahan);
      expect(html).toMatch(new RegExp(`href="/sync\\?part=menunggu"[^>]*>${words.toOutbox}`));
      expect(buttonsIn(html)).toEqual([]);
    },
  );

  it('an answer that cannot be kept here: not as if the province held it up', () => {
    const sentence = 'Jawaban provinsi untuk berkas ini belum dapat dicatat di sini.';
    const html = shown({ kind: 'jawaban', ...ofCase, sentence });
    for (const said of [words.kinds.jawaban, sentence, words.heldNext.jawaban]) expect(html).toContain(said);
    expect(html).not.toContain(words.kinds.tertahan);
    expect(html).toContain(words.toOutbox);
    expect(buttonsIn(html)).toEqual([]);
  });

  it.each(Object.values(rejections))(
    'a word of a family that was refused, since %s: that a person records it again, and where',
    (why) => {
      const sentence = `Kabar persetujuan ditolak. ${why} Buka berkasnya, catat lagi persetujuannya.`;
      const html = shown({ kind: 'kabar', ...ofCase, sentence });
      for (const said of [words.kinds.kabar, why, 'catat lagi persetujuannya']) expect(html).toContain(said);
      for (const untrue of [words.kinds.tertahan, 'lagi sendiri', 'tidak perlu', words.toOutbox])
        expect(html).not.toContain(untrue);
      expect(buttonsIn(html)).toEqual([words.openCase]);
    },
  );

  it.each(['penuh', 'rusak'] as const)(
    'what the register does not take (%s): that nothing is lost, and what to do',
    (why) => {
      const html = shown({ kind: 'berita_tertahan', id: 'buku', why });
      for (const said of [words.kinds.berita_tertahan, words.heldNews[why]]) expect(html).toContain(said);
      for (const said of ['idak ada yang hilang', 'Kirim sekarang'])
        expect(words.heldNews[why]).toContain(said);
      expect(html).toContain(words.toOutbox);
    },
  );

  it('a page that was refused: that nothing of it stands, and whom to ask', () => {
    const html = shown({ kind: 'berita_ditolak', id: 'halaman' });
    for (const said of [words.kinds.berita_ditolak, words.refusedNews]) expect(html).toContain(said);
    expect(html).toMatch(new RegExp(`href="/sync\\?part=semua"[^>]*>${words.toOutbox}`));
    expect(buttonsIn(html)).toEqual([]);
  });

  it('what came down and could not be applied: how many, of which families, and what to do', () => {
    const cases = [{ caseId: 'case', number: ofCase.number, headName: 'Slamet' }];
    const html = shown({ kind: 'berita_gagal', id: 'butir', count: 1_200, cases });
    for (const said of [words.kinds.berita_gagal, words.failedNews('1.200'), 'Slamet', ofCase.number])
      expect(html).toContain(said);
    expect(html).toContain('href="/cases/case"');
    expect(shown({ kind: 'berita_gagal', id: 'butir', count: 1, cases: [] })).not.toContain(
      words.failedCases,
    );
  });

  it('tells two records of one case apart', () => {
    const html = shown(
      { kind: 'tertahan', ...ofCase, id: 'one', sentence: holds.parent_missing },
      { kind: 'tertahan', ...ofCase, id: 'other', sentence: holds.kind_unknown },
    );
    const keys = [...html.matchAll(/data-item="([^"]*)"/g)].map(([, key]) => key);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(2);
  });

  it.each([
    ['petugas_loket', 'unggah', [words.fileAgain]],
    ['petugas_verifikasi', 'unggah', [words.fileAgain]],
    ['lurah', 'unggah', []],
    ['petugas_loket', 'pulihkan', []],
    ['petugas_verifikasi', 'pulihkan', [words.tryNow]],
    ['petugas_loket', 'tunggu', []],
    ['lurah', 'tunggu', [words.tryNow]],
    ['administrator', 'tunggu', [words.tryNow]],
  ] as const)('a file that does not arrive, to a %s: which, why, and to %s', (role, remedy, buttons) => {
    const sentence = `Provinsi belum menerimanya: ${requestProblems.attachment_damaged[1]}`;
    const file = { id: 'f', name: 'kk-slamet.pdf', slot: 'F-KK', sentence, remedy } as const;
    const html = shownTo(role, { kind: 'lampiran', ...ofCase, files: [file] });
    for (const said of [words.kinds.lampiran, ofCase.number, 'kk-slamet.pdf', 'Kartu Keluarga', sentence])
      expect(html).toContain(said);
    expect(html).toContain(words.fileNext[remedy]);
    expect(html.includes(words.byCounter)).toBe(role === 'lurah' && remedy === 'unggah');
    expect(buttonsIn(html)).toEqual(buttons);
  });

  it('several files of a case: each with its sentence, and what to do once', () => {
    const files = (['unggah', 'tunggu', 'unggah'] as const).map((remedy, nth) => ({
      id: String(nth),
      name: `${nth}.jpg`,
      slot: 'F-RUMAH' as const,
      sentence: `Sebab ${nth}.`,
      remedy,
    }));
    const html = shown({ kind: 'lampiran', ...ofCase, files });
    for (const { name, sentence } of files) for (const said of [name, sentence]) expect(html).toContain(said);
    expect(html.split(words.fileNext.unggah)).toHaveLength(2);
    expect(buttonsIn(html)).toEqual([words.tryNow, words.fileAgain]);
  });

  it('a retraction that was refused: why, and the way to tell it once more', () => {
    const sentence = rejections.outside_area;
    const html = shown({ kind: 'penarikan', ...ofCase, sentence });
    expect(html).toContain(words.kinds.penarikan);
    expect(html).toContain(sentence);
    expect(buttonsIn(html)).toEqual([words.sendAgain]);
  });

  it.each(Object.keys(conflicts))('%s: both values, who and when, and a choice of either', () => {
    const html = shown({
      kind: 'pertentangan',
      ...ofCase,
      retraction: false,
      fields: [
        {
          id: 'rt',
          label: 'RT rumah tangga',
          visit: null,
          base: '3',
          ours: '21',
          oursBy: 'Siti',
          oursAt: at,
          theirs: '17',
          theirsBy: 'Dinas Dukcapil',
          theirsAt: at,
        },
      ],
    });
    for (const said of [words.kinds.pertentangan, 'RT rumah tangga', words.ours('21'), words.theirs('17')])
      expect(html).toContain(said);
    for (const said of [words.before('3'), 'Siti', 'Dinas Dukcapil']) expect(html).toContain(said);
    expect(html.match(/type="radio"/g)).toHaveLength(2);
    expect(buttonsIn(html)).toEqual([words.decide]);
  });
});
