import { describe, expect, test } from 'vitest';
import { dtksCsv, dtksRow, readList } from '../../tests/fixtures/read-list.ts';

const options = { source: 'DTKS', areaCodes: null } as const;

describe('birth dates with the month first', () => {
  const read = async (...dates: string[]) => {
    const rows = dates.map((tanggal_lahir, at) =>
      dtksRow({ id_dtks: `D-${at}`, nomor_nik: null, tanggal_lahir }),
    );
    const { report, households } = await readList(dtksCsv(...rows), options);
    return {
      dates: households[0]?.persons.map(({ birthDate }) => birthDate),
      told: report.warnings.map(({ code, count }) => [code, count]),
    };
  };

  test('are read in no column where most that tell are such: day and month of the others may be turned', async () => {
    expect(
      await read('8/17/1980', '5/3/1990', '05031990', '5/5/1990', '12/25/75', '1980-08-17', '31/12/1990'),
    ).toEqual({
      dates: [null, null, null, '1990-05-05', null, '1980-08-17', '1990-12-31'],
      told: [['birth_date_month_first', 4]],
    });
  });

  test('are a slip where most have the day first', async () => {
    expect(await read('17/8/1980', '5/3/1990', '25/12/1975', '8/17/1980')).toEqual({
      dates: ['1980-08-17', '1990-03-05', '1975-12-25', null],
      told: [['birth_date_unreadable', 1]],
    });
  });

  test('are told part by part, and by what was told before where a part tells nothing', async () => {
    const part = (date: string) => Array.from({ length: 1_000 }, () => date);
    const { dates } = await read(...part('17/8/1980'), ...part('5/3/1990'), ...part('8/17/1980'), '5/3/1990');
    expect([dates?.[1_999], dates?.[3_000]]).toEqual(['1990-03-05', null]);
  });

  describe('by an Excel that took those that it knew for dates', () => {
    /** 1990-03-01 to 1990-03-09: of 2 January to 2 September, as they were typed. */
    const low = Array.from({ length: 9 }, (_, day) => String(32_933 + day));
    const late = ['17/8/1980', '25/12/1975', '13/01/1990'];

    test('are read in no day of the spreadsheet, but where day and month are one; the text is', async () => {
      const { dates, told } = await read(...late, ...low);
      expect(dates).toEqual([
        '1980-08-17',
        '1975-12-25',
        '1990-01-13',
        ...Array.from({ length: 2 }, () => null),
        '1990-03-03',
        ...Array.from({ length: 6 }, () => null),
      ]);
      expect(told).toEqual([['birth_date_turned', 8]]);
    });

    test('are none where a day of the spreadsheet lies above 12, or text stands with a day that Excel would know', async () => {
      for (const other of ['32945', '5/3/1990']) {
        const { dates, told } = await read(...late, ...low, other);
        expect(dates).not.toContain(null);
        expect(told).toEqual([]);
      }
    });

    test('are none where few tell', async () => {
      expect((await read(...late, ...low.slice(0, 7))).dates).not.toContain(null);
      expect((await read(...late.slice(0, 2), ...low)).dates).not.toContain(null);
    });
  });
});
