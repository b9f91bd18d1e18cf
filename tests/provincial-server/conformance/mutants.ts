import { z } from 'zod';
import { readField } from '../../../shared/provincial/merge.ts';
import { signatureType } from '../../../shared/provincial/wire.ts';
import type { ServerKey } from '../signing.ts';

import {
  type Edit,
  type Mutant,
  at,
  json,
  down,
  answers,
  answered,
  coded,
  rejected,
  pardoning,
  renaming,
  listingAllEverSeen,
  hidingForGood,
  page,
  vouchers,
  resigned,
  swapped,
  first,
  other,
  anyId,
  later,
  anyKey,
} from './faulty-answers.ts';

/**
 * Servers that are wrong in just one thing, by the name of the check that must find it. A new check
 * wants one here: without, nobody has seen it fail.
 */
export function mutants(key: ServerKey): Record<string, Mutant[]> {
  const signing = (typ: string, place: string, change: Edit): Edit => at(place, resigned(key, typ, change));
  const receipt = (change: Edit) => answers(signing(signatureType.receipt, 'receipt', change));

  return {
    'health menyebut layanannya': [
      json(
        '/v1/health',
        at('service', () => 'lain'),
      ),
    ],
    'kode yang salah ditolak': [pardoning('enrolment_refused'), renaming('enrolment_refused')],
    'permintaan pendaftaran yang ditandatangani untuk kurir ditolak': [
      pardoning('signature_invalid'),
      renaming('signature_invalid'),
    ],
    'kantor terdaftar dengan kode, dan jawaban yang hilang dapat diminta lagi': [
      json('/v1/enrol', at('officeId', anyId)),
      json(
        '/v1/enrol',
        at('credential', () => 'x'),
      ),
    ],
    'catatan diterima dengan tanda terima yang menyebut sidiknya': [
      receipt(at('hash', other)),
      receipt(at('key', anyId)),
      answers(at('receipt', (jws) => `${String(jws).slice(0, -4)}AAAA`)),
    ],
    'kiriman ulang mendapat tanda terima yang sama': [
      receipt(at('receiptId', anyId)),
      answered(
        'duplicate',
        at('status', () => 'accepted'),
      ),
    ],
    'kunci yang sama dengan isi lain ditolak': [
      coded(
        'key_reused',
        at('status', () => 'held'),
      ),
    ],
    'anak menunggu induknya, lalu dilepas': [
      coded('parent_missing', rejected),
      answered('duplicate', (value) => ({
        ...Object(value),
        status: 'held',
        code: 'x',
        parent: null,
        sentence: 'x',
      })),
    ],
    'jenis catatan yang belum dikenal ditahan': [coded('kind_unknown', rejected)],
    'catatan cacat ditolak dengan isiannya dan tidak menahan yang lain': [
      coded(
        'invalid_record',
        at('field', () => null),
      ),
      answered('accepted', rejected),
    ],
    'isian yang tidak dikenal tidak ditolak': [answered('accepted', rejected)],
    'isian yang berlainan digabung': [
      receipt(at('mergedHash', () => undefined)),
      answers(at('merged', () => undefined)),
      answers(at('merged.theirs', () => [])),
    ],
    'isian yang sama dijawab conflict dengan kedua nilai, dan tidak diterapkan': [
      answers(at('proof', () => undefined)),
      answered('conflict', at('clashes', swapped)),
      answered(
        'conflict',
        at('version', () => 99),
      ),
      answers(signing(signatureType.conflict, 'proof', at('key', anyId))),
      // Applied what it called a conflict.
      answers(
        at('merged.theirs', (edits) =>
          first(
            edits,
            at('after', () => 9),
          ),
        ),
      ),
    ],
    'isian berlainan yang bersama-sama menyalahi aturan dijawab conflict, dan tidak diterapkan': [
      answered('conflict', rejected),
      answers(at('clashes', () => [])),
    ],
    'penarikan diterima, dan berkas yang ditarik tidak dapat diperbaiki': [
      coded(
        'case_retracted',
        at('code', () => 'base_version'),
      ),
      answered('accepted', rejected),
    ],
    'penutupan berkas yang selalu ditolak dijawab nothing_to_retract, dan berkasnya masih dapat disahkan': [
      // As a server of before this code says it.
      coded(
        'nothing_to_retract',
        at('code', () => 'case_unknown'),
      ),
      answered('accepted', rejected),
    ],
    'gzip dibaca; tanda tangan, kredensial, dan kantor yang salah ditolak': [
      async (path, answer) =>
        answer.ok && path === '/v1/batches' ? Response.json({}, { status: 415 }) : answer,
      ...[
        'signature_invalid',
        'credential_unknown',
        'office_mismatch',
        'encoding_unsupported',
        'wire_unsupported',
      ].map(pardoning),
    ],
    'lampiran diterima sepotong demi sepotong sesudah catatannya': [
      pardoning('attachment_unknown'),
      pardoning('chunk_out_of_place'),
      json(
        '/v1/attachments/',
        at('complete', () => false),
      ),
      json(
        '/v1/attachments/',
        at('received', () => 1),
      ),
      json(
        '/v1/attachments/',
        at('nonce', () => undefined),
        'PUT',
      ),
      json('/v1/attachments/', at('nonce', anyId), 'GET'),
    ],
    'lampiran yang isinya bukan sidiknya ditolak, lalu diterima bila dikirim ulang dari awal': [
      pardoning('attachment_damaged'),
      renaming('attachment_damaged'),
      // What was wrong is kept, and gone on from.
      json(
        '/v1/attachments/',
        at('received', (received) => Math.max(Number(received), 1_000)),
        'GET',
      ),
      json(
        '/v1/attachments/',
        at('received', () => 0),
        'PUT',
      ),
      json(
        '/v1/attachments/',
        at('complete', () => false),
        'GET',
      ),
    ],
    'nomor dicadangkan; permintaan yang sama mendapat nomor yang sama': [
      json(
        '/v1/numbers',
        signing(
          signatureType.numbers,
          'pool',
          at('to', (to) => Number(to) + 1),
        ),
      ),
      // The same numbers, whoever asks.
      json(
        '/v1/numbers',
        signing(signatureType.numbers, 'pool', (pool) => Object.assign(Object(pool), { from: 1, to: 5 })),
      ),
      json(
        '/v1/numbers',
        signing('lain', 'pool', (value) => value),
      ),
    ],
    'bukti per RW sesuai dengan catatan terbaru setiap berkas, dan menyebut nonce penanya': [
      json('/v1/proof', signing(signatureType.proof, 'proof', at('nonce', anyId))),
      json('/v1/proof', signing(signatureType.proof, 'proof', at('officeId', anyId))),
      json('/v1/proof', signing(signatureType.proof, 'proof', at('root', other))),
      json(
        '/v1/proof',
        signing(
          signatureType.proof,
          'proof',
          at('missingFiles', () => []),
        ),
      ),
      json(
        '/v1/proof/',
        signing(
          signatureType.proofLeaves,
          'proof',
          at('leaves', () => []),
        ),
      ),
      json(
        '/v1/proof/',
        signing(
          signatureType.proofLeaves,
          'proof',
          at('leaves', (leaves) => first(leaves, at('hash', other))),
        ),
      ),
    ],
    'bukti memuat kabar persetujuan terakhir keluarga, di RW berkasnya': [
      json(
        '/v1/proof',
        signing(
          signatureType.proof,
          'proof',
          at('words', () => undefined),
        ),
      ),
      json('/v1/proof', signing(signatureType.proof, 'proof', at('words.root', other))),
      json(
        '/v1/proof/',
        signing(
          signatureType.proofLeaves,
          'proof',
          at('words', () => []),
        ),
      ),
      json(
        '/v1/proof/',
        signing(
          signatureType.proofLeaves,
          'proof',
          at('words', (words) => first(words, at('hash', other))),
        ),
      ),
    ],
    'catatan yang diterima dapat dibaca kembali dengan tanda terima yang sama': [
      json(
        '/v1/records/',
        at('record.body.household.phone', () => '000'),
      ),
      json('/v1/records/', signing(signatureType.receipt, 'receipt', at('receiptId', anyId))),
      pardoning('record_unknown'),
    ],
    'rekap periode yang ditutup mendapat tanda terima yang sama; isi lain untuk periode itu ditolak': [
      json('/v1/recaps', signing(signatureType.recap, 'receipt', at('serverTime', later))),
      json('/v1/recaps', signing(signatureType.recap, 'receipt', at('hash', other))),
      pardoning('recap_differs'),
    ],
    'kunjungan beberapa keluarga, nomor berkas ganda, dan perbaikan di lapangan disimpan utuh': [
      'families',
      'corrections',
      'duplicateOf',
    ].map((field) =>
      json(
        '/v1/records/',
        at(`record.body.visit.${field}`, () => undefined),
      ),
    ),
    'kunjungan dari kantor yang lebih lama atau lebih baru disimpan utuh': [
      json(
        '/v1/records/',
        at('record.body.visit.masaDepan', () => undefined),
      ),
      json(
        '/v1/records/',
        at('record.body.visit.corrections.masaDepan', () => undefined),
      ),
    ],
    'baca: kredensial kantor dan token yang tidak dikenal tidak membuka apa pun': [
      pardoning('token_unknown'),
    ],
    'baca: keluarga yang diterima ada di rekap, di hasil pencarian, dan dapat dibuka': [
      json(
        '/v1/read/recap',
        at('lines', () => []),
      ),
      json(
        '/v1/read/families',
        at('families', () => []),
        'POST',
      ),
      json(
        '/v1/read/families/',
        at('members', () => []),
      ),
      pardoning('family_unknown'),
    ],
    'baca: keluarga yang menolak ditampilkan tidak tampil, dan tampil lagi bila setuju': [
      pardoning('family_unknown'),
      renaming('family_unknown'),
      listingAllEverSeen(),
      hidingForGood(),
    ],
    'persetujuan keluarga diterima sebelum berkasnya, dan berlaku begitu berkasnya diterima': [
      answered('accepted', rejected),
      receipt(at('hash', other)),
      receipt(at('version', () => 2)),
      pardoning('family_unknown'),
    ],
    'kunci kurir ditandatangani server, tetap sama, dan hanya untuk kantor yang terdaftar': [
      json('/v1/courier-key', signing(signatureType.courierKey, 'key', at('key.x', anyKey))),
      json(
        '/v1/courier-key',
        signing('lain', 'key', (value) => value),
      ),
      pardoning('credential_unknown'),
    ],
    'dokumen OpenAPI dapat dibaca siapa saja': [
      json(
        '/v1/openapi.json',
        at('openapi', () => '3.0.0'),
      ),
    ],
    'halaman kiriman turun sepanjang yang diminta, paling sedikit satu butir': [
      page('more', () => false),
      json('/v1/down', (page) => ({ ...Object(page), next: Number(readField(page, 'next')) + 1 })),
      page('items', (items) => z.array(z.unknown()).parse(items).toReversed()),
    ],
    'kunci server yang berganti dijamin kunci yang sudah dikenal kantor': [
      vouchers((keys) => first(keys, (jws) => `${String(jws).slice(0, -4)}AAAA`)),
      vouchers((keys) => [...keys, 'e30.e30.AAAA']),
      vouchers((keys) => keys.slice(0, 1)),
      vouchers((keys) =>
        first(
          keys,
          resigned(key, 'lain', (value) => value),
        ),
      ),
      vouchers((keys) =>
        first(
          keys,
          resigned(
            key,
            signatureType.serverKey,
            at('relation', () => 'earlier'),
          ),
        ),
      ),
      // A second successor of the same key.
      vouchers((keys) => [
        ...keys,
        resigned(
          key,
          signatureType.serverKey,
          at('key.x', () => 'A'.repeat(43)),
        )(keys[0]),
      ]),
    ],
    'kiriman turun ditandatangani dan terbaca urut dengan kursor': [
      page('next', () => undefined),
      page('next', () => 0),
      down((jws) => `${String(jws).slice(0, -4)}AAAA`),
      down(resigned(key, 'lain', (value) => value)),
      down(
        resigned(key, signatureType.down, (value) => ({ ...Object(value), officeId: anyId(), area: null })),
      ),
      down(resigned(key, signatureType.down, (value) => ({ ...Object(value), area: '31.99' }))),
      page('items', (items) => z.array(z.unknown()).parse(items).toReversed()),
    ],
  };
}
