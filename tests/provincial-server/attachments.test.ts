import { expect, it } from 'vitest';
import { openingOf } from './attachments.ts';
import { legalised, startTestProvince, TestOffice } from './testing.ts';

it('the record that names a file is found by the name, also while the database knows nothing of how many records there are', async () => {
  const province = await startTestProvince();
  try {
    const { pool } = province.server;
    const office = await TestOffice.enrolled(province.server);
    await office.answers(province.server, [legalised({})]);
    await pool.query(
      `INSERT INTO record SELECT (jsonb_populate_record(record, jsonb_build_object('key', gen_random_uuid(), 'case_id', gen_random_uuid(),
         'receipt_id', gen_random_uuid()))).* FROM record, generate_series(1, 2000)`,
    );
    const { rows: cities } = await pool.query<{ city: string }>('SELECT city FROM office');
    const { text, values } = openingOf({ id: office.id, city: cities[0]?.city ?? '' }, 'a'.repeat(64));
    const { rows } = await pool.query(`EXPLAIN ${text}`, values);
    const plan = rows.map((row) => String(row['QUERY PLAN'])).join('\n');
    expect(plan).toMatch(/Bitmap Index Scan on record_3171_expr_idx/);
    expect(plan).not.toMatch(/record_\w*pkey/);
  } finally {
    await province.stop();
  }
});
