import { describe, expect, it } from 'vitest';
import { OutboxState } from '../../shared/domain/outbox.ts';
import { sentenceOfConnection, sentenceOfItem } from './sync-sentences.ts';

const plain = {
  problem: null,
  awaitsMend: false,
  courier: null,
  held: false,
  tries: 0,
  sharing: null,
} as const;
const problem = { code: 'x', sentence: 'NIK tidak padan', field: null };
const courier = { number: 3, madeAt: '2026-11-10T02:00:00.000Z' };
const states = OutboxState.options;

describe('what is said of an item of the outbox', () => {
  it.each(
    states.flatMap((state) => [
      { ...plain, state },
      { ...plain, state, awaitsMend: true },
      { ...plain, state, problem, awaitsMend: true, tries: 2 },
      { ...plain, state, courier },
      { ...plain, state, sharing: 'refused' as const },
      { ...plain, state, sharing: 'given' as const, problem, awaitsMend: true },
      { ...plain, state, held: true },
      { ...plain, state, held: true, tries: 1 },
    ]),
  )('%j: a whole sentence, whatever the line does', (view) => {
    for (const connection of ['not_enrolled', 'checking', 'online', 'offline', 'refused'] as const)
      expect(sentenceOfItem(view, { state: connection })).toMatch(/^[A-Z].*\.$/);
  });

  it.each([
    ['menunggu', 'Menunggu giliran.'],
    ['dikirim', 'Sedang dikirim.'],
    ['ditahan', 'Provinsi menunggu catatan lain dahulu.'],
    ['diterima', 'Sudah sampai; tanda terima tersimpan.'],
    ['ditolak', 'Provinsi menolak berkas ini.'],
    ['bertentangan', 'Provinsi mengubah isian yang sama. Pilih nilainya di Perlu perhatian.'],
  ] as const)('%s: %s', (state, sentence) => {
    expect(sentenceOfItem({ ...plain, state, awaitsMend: true }, { state: 'online' })).toBe(sentence);
  });

  it('says what the province is told of a family that refuses to be shown, and what to do where it hears nothing of it', () => {
    const told = (state: OutboxState, sharing: 'given' | 'refused') =>
      sentenceOfItem({ ...plain, state, sharing, awaitsMend: true }, { state: 'online' });
    expect(told('menunggu', 'refused')).toMatch(/keluarga menolak datanya dibagikan.*Menunggu giliran\.$/);
    expect(told('diterima', 'given')).toMatch(
      /keluarga sekarang setuju.*Sudah sampai; tanda terima tersimpan\.$/,
    );
    expect(told('ditolak', 'refused')).toMatch(/catat lagi persetujuannya/);
  });

  it("ends the province's sentence where it left the full stop out", () => {
    expect(sentenceOfItem({ ...plain, state: 'menunggu', problem }, { state: 'online' })).toBe(
      'NIK tidak padan. Dikirim lagi sendiri.',
    );
  });
});

it.each([
  'unreachable',
  'timeout',
  'interrupted',
  'not_province',
  'untrusted',
  'busy',
  'proxy_refused',
] as const)('says in a whole sentence why the province is silent: %s', (silence) => {
  const offline = { state: 'offline', lastContactAt: null, silence, refusal: null, clockOff: null } as const;
  expect(sentenceOfConnection(offline)).toMatch(/^[A-Z].*\.$/);
});

it('names the log-in of a public Wi-Fi before all else where a certificate is not to be trusted: most often that is it', () => {
  const offline = {
    state: 'offline',
    lastContactAt: null,
    silence: 'untrusted',
    refusal: null,
    clockOff: null,
  } as const;
  const sentence = sentenceOfConnection(offline) ?? '';
  expect(sentence).toContain('Wi-Fi umum');
  expect(sentence.indexOf('Wi-Fi umum')).toBeLessThan(sentence.indexOf('jam komputer'));
});
