import { describe, expect, it } from 'vitest';
import { compareNames, isOneSlip } from './compare-names.ts';
import { handlesOf, modernSpelling, normaliseName } from './names.ts';

function canon(raw: string, sex: 'L' | 'P' | null = null): string[] {
  return normaliseName(raw, sex).tokens.map((token) => token.canon);
}

function levels(left: string, right: string, sex: 'L' | 'P' | null = null): string[] {
  return (compareNames(normaliseName(left, sex), normaliseName(right, sex))?.pairs ?? []).map(
    (pair) => pair.level,
  );
}

describe('reading a name', () => {
  it.each(['Siti Moch Djoko', 'ACHMAD  SOERJADI NUR', 'Ani Ani', 'Budi', ''])(
    'gives the same for "%s", whose parts mean the same everywhere, as where it is taken apart',
    (name) => {
      expect(normaliseName(name, 'L')).toEqual(normaliseName(name.replaceAll(' ', '. '), 'L'));
    },
  );

  it('tells parts apart by every letter, however long they are and however they are written', () => {
    const raw = 'Yani  zani ZBCDEFGHIJ ZBCDEFGHIK zbcdefghijkl ZBCDEFGHIJKM U u ';
    const read = normaliseName(raw, null);
    expect(read.tokens.map(({ text }) => text)).toEqual(raw.toUpperCase().trim().split(/ +/));
    expect(read).toEqual(normaliseName(raw.replace('Yani ', 'Yani. '), null));
    for (const sign of ['@', '[', '`', '{']) expect(canon(`BUDI${sign} SARI`)).toEqual(['BUDI', 'SARI']);
    expect(canon('BUDI1 SÁRI')).toEqual(['BUDI1', 'SARI']);
  });

  it('reads a part for itself wherever its place, its neighbours or the sex decide', () => {
    expect(canon('BUDI ST', 'L')).toEqual(['BUDI', 'ST']);
    expect(canon('ST BUDI', 'P')).toEqual(['SITI', 'BUDI']);
    expect(canon('SARI DR')).toEqual(['SARI', 'DR']);
    expect(canon('DR SARI')).toEqual(['SARI']);
    expect(canon('ABDURRAHMAN')).toEqual(['ABDUL', 'RAHMAN']);
  });

  it('tells two equal parts of one name apart', () => {
    expect(levels('ANI ANI', 'ANI')).toEqual(['exact', 'absent_right']);
  });

  it.each(['NUR HAYATI', 'SITI NUR AINI', 'ANI ANI'])(
    'finds of "%s" beside itself what it finds where the parts stand in another order',
    (name) => {
      const one = normaliseName(name, 'P');
      const turned = normaliseName(name.split(' ').toReversed().join(' '), 'P');
      expect(compareNames(one, one)).toEqual(compareNames(one, turned));
    },
  );

  it('keeps what an abbreviation stands for on each side where both are spelt alike', () => {
    const [man, woman] = [normaliseName('M ALI', 'L'), normaliseName('M ALI', 'P')];
    expect(compareNames(man, woman)?.pairs).toContainEqual({
      left: 'M',
      right: 'M',
      canons: ['MUHAMMAD', 'M'],
      level: 'exact',
    });
  });

  it('knows one slip of the pen from two', () => {
    const slips = (left: string, right: string) => [isOneSlip(left, right), isOneSlip(right, left)];
    for (const other of ['SUPARTI', 'SUPRADI', 'SUPARD', 'UPARDI', 'SUPPARDI', 'XUPARDI', 'SUPARDIX'])
      expect(slips('SUPARDI', other)).toEqual([true, true]);
    for (const other of ['SUPORTI', 'SUPOTDI', 'SPURADI', 'SUPAR', 'SUPARDIXX', 'IDRAPUS', 'SUPARIDO'])
      expect(slips('SUPARDI', other)).toEqual([false, false]);
    expect(slips('ANAI', 'AANI')).toEqual([true, true]);
    expect(slips('ANI', 'ANA')).toEqual([false, false]);
    expect(slips('ANIS', 'ANI')).toEqual([false, false]);
  });

  it('strips gelar at its place, and only while a name remains', () => {
    expect(canon('DRS. H. AHMAD SUBARJO, S.Pd., M.Si')).toEqual(['AHMAD', 'SUBARJO']);
    expect(canon('H.MUHAMMAD ALI')).toEqual(['MUHAMMAD', 'ALI']);
    expect(canon('Hj. Maryam')).toEqual(['MARYAM']);
    expect(canon('H.')).toEqual(['H']);
    expect(canon('DRS')).toEqual(['DRS']);
  });

  it('keeps parts of nobility and clan, which are names', () => {
    expect(canon('RADEN AJENG KARTINI')).toEqual(['RADEN', 'AJENG', 'KARTINI']);
    expect(canon('TEUKU UMAR')).toEqual(['TEUKU', 'UMAR']);
    expect(canon('CUT NYAK DIEN')).toEqual(['CUT', 'NYAK', 'DIEN']);
  });

  it.each(['Muh.', 'Moch.', 'M.', 'Moh.', 'Mochamad', 'MUHAMAD', 'Mhd', 'Mohd.'])(
    'reads %s as a spelling of Muhammad',
    (spelling) => {
      expect(canon(`${spelling} Yusuf`, 'L')[0]).toBe('MUHAMMAD');
    },
  );

  it('takes M. for Muhammad only as the first of several, and not of a woman', () => {
    expect(canon('M', 'L')).toEqual(['M']);
    expect(canon('M. YUNI', 'P')[0]).toBe('M');
    expect(canon('YUSUF M', 'L')[1]).toBe('M');
  });

  it('takes ST. for Siti of a woman and leaves it alone of a man', () => {
    expect(canon('ST. NENENG', 'P')[0]).toBe('SITI');
    expect(canon('ST. BUDI', 'L')[0]).toBe('ST');
  });

  it('reads old spelling beside its key, and J as Y only beside another old sign', () => {
    expect(modernSpelling('SOEKARNO')).toBe('SUKARNO');
    expect(modernSpelling('JOESOEF')).toBe('YUSUF');
    expect(modernSpelling('DJOKO')).toBe('JOKO');
    expect(modernSpelling('TJAHJONO')).toBe('CAHYONO');
    expect(modernSpelling('JAYA')).toBe('JAYA');
  });

  it('separates bin/binti, alias, almarhum and apostrophes', () => {
    const patronymic = normaliseName("NUR'AINI BINTI SARIF", 'P');
    expect(patronymic.tokens.map((token) => token.text)).toEqual(['NURAINI']);
    expect(patronymic.patronymic.map((token) => token.text)).toEqual(['SARIF']);
    expect(normaliseName('SUPARNO (ALM)', 'L')).toMatchObject({ deceased: true });
    expect(normaliseName('ICIH / KURAESIH', 'P').alias.map((token) => token.text)).toEqual(['KURAESIH']);
  });

  it.each([
    ['SITI BINTI ABDULLAH (ALM)', false],
    ['SITI BINTI ALM. ABDULLAH', false],
    ['AHMAD S/O ALI ALMARHUM', false],
    ['SITI (ALMH) BINTI ABDULLAH', true],
    ['SITI BINTI ABDULLAH (ALMH)', true],
    ['ALM. AHMAD BIN ALI', true],
    ['AHMAD BIN ALI', false],
  ])('reads whose mark of the dead stands in "%s"', (name, deceased) => {
    const found = normaliseName(name, null);
    expect(found.deceased).toBe(deceased);
    expect([...found.tokens, ...found.patronymic].map(({ text }) => text).join()).not.toContain('ALM');
  });

  it('finds by strong parts where there are any', () => {
    expect(handlesOf(normaliseName('MUHAMMAD ALI', 'L').tokens).map((token) => token.text)).toEqual(['ALI']);
    expect(handlesOf(normaliseName('MUHAMMAD', 'L').tokens).map((token) => token.text)).toEqual(['MUHAMMAD']);
  });

  it.each([
    ['AHMAD SUBARJO, S. Pd., M. Si', ['AHMAD', 'SUBARJO']],
    ['SITI AMINAH A. Md. Keb.', ['SITI', 'AMINAH']],
    ['BUDI S. H.', ['BUDI']],
    ['BUDI M. A. HASAN', ['BUDI', 'M', 'A', 'HASAN']],
    ['Drs.H. Suparno', ['SUPARNO']],
    ['DRS.H.SUPARNO', ['SUPARNO']],
    ['Dr. (H.C.) Sukarno', ['SUKARNO']],
    ['OUSMANE BA', ['OUSMANE', 'BA']],
    ['SITI MAP', ['SITI', 'MAP']],
    ['BUDI, BA', ['BUDI']],
    ['BUDI B.A.', ['BUDI']],
    ['BUDI, LC', ['BUDI']],
    ['BUDI S.IP', ['BUDI']],
    ['AHMAD S. P.', ['AHMAD', 'S', 'P']],
    ['SITI M. A.', ['SITI', 'M', 'A']],
    ['AHMAD S. I.', ['AHMAD', 'S', 'I']],
    ['AHMAD S.P.', ['AHMAD']],
    ['AHMAD, S. P.', ['AHMAD']],
    ['AHMAD S. P. M. Si', ['AHMAD']],
    ['AHMAD S. Pd. M. M.', ['AHMAD']],
    ['AHMAD S. E. M. M.', ['AHMAD']],
    ['SH M. A.', ['SH', 'M', 'A']],
  ])('takes the gelar off "%s", and no name', (name, expected) => {
    expect(normaliseName(name, null).tokens.map(({ text }) => text)).toEqual(expected);
  });

  it.each(['BIN', 'BINTI', 'BT', 'BTE', 'IBN', 'S/O', 'D/O', 's / o', 'A/L', 'A/P'])(
    'reads what follows %s as the father',
    (mark) => {
      const { tokens, patronymic, alias } = normaliseName(`AHMAD ${mark} ALI`, null);
      expect([tokens, patronymic, alias].map((parts) => parts.map(({ text }) => text))).toEqual([
        ['AHMAD'],
        ['ALI'],
        [],
      ]);
    },
  );

  it.each([
    ['AHMAD BIN H. ALI', 'ALI'],
    ['AHMAD BIN DRS.H.ALI', 'ALI'],
    ['AHMAD BIN (ALM) H. ALI', 'ALI'],
    ['AHMAD BIN H.', 'H'],
    ['AHMAD ALIAS H. ALI', 'ALI'],
    ['AHMAD / HJ', 'HJ'],
  ])('takes the gelar off who is named second in "%s", and no name', (name, second) => {
    const { tokens, patronymic, alias } = normaliseName(name, null);
    expect([tokens, [...patronymic, ...alias]].map((parts) => parts.map(({ text }) => text))).toEqual([
      ['AHMAD'],
      [second],
    ]);
  });

  it.each([
    ['Łukasz Świątek', 'LUKASZ SWIATEK'],
    ['Bjørn Þór', 'BJORN THOR'],
    ['Đorđe Æsir', 'DORDE AESIR'],
    ['Işık Weiß', 'ISIK WEISS'],
    ['NUR´AINI', 'NURAINI'],
  ])('reads %s as %s', (name, plain) => {
    expect(normaliseName(name, null)).toEqual(normaliseName(plain, null));
  });

  it('keeps names of another script, whole, and finds by all of their letters', () => {
    for (const name of ['АЛЕКСАНДР', 'محمد', '李明', 'राम', 'สมชาย'])
      expect(normaliseName(name, null).tokens, name).toMatchObject([{ text: name, skeleton: name }]);
    expect(canon('राम')).not.toEqual(canon('रोम'));
    expect(levels('АЛЕКСАНДР', 'АЛЕКСЕЙ')).not.toContain('exact');
    expect(levels('李明', '李明')).toEqual(['exact']);
    expect(levels('李明', '王芳')).toEqual(['conflict']);
  });

  it('tells what it did', () => {
    expect(normaliseName('H. Moch. Soekarno', 'L').rules).toEqual([
      'gelar dilepas: H',
      'MOCH dibaca MUHAMMAD',
      'ejaan lama: SOEKARNO dibaca SUKARNO',
    ]);
  });

  it('survives what is no name', () => {
    expect(canon('')).toEqual([]);
    expect(canon(' .,/ ')).toEqual([]);
    expect(compareNames(normaliseName('', null), normaliseName('ALI', null))).toBeNull();
  });
});

describe('comparing names', () => {
  it('calls abbreviation and full form the same name', () => {
    const same = compareNames(normaliseName('Muh. Ali', 'L'), normaliseName('MUHAMMAD ALI', 'L'));
    expect(same).toMatchObject({ identical: true, agrees: true });
  });

  it.each([
    ['ABDURRAHMAN', 'ABDUL RAHMAN', ['exact', 'exact']],
    ['ABD. RACHMAN', 'ABDULRAHMAN', ['class', 'key']],
    ['NURHAYATI', 'NUR HAYATI', ['joined']],
    ['ACHMAD SJAFII', 'AHMAD SYAFII', ['class', 'key']],
    ['DJOKO SOESILO', 'JOKO SUSILO', ['key', 'key']],
    ['BUDI SANTOSO', 'SANTOSO BUDI', ['exact', 'exact']],
    ['SITI AMINAH', 'SITI AMINAH WATI', ['exact', 'exact', 'absent_left']],
    ['R. SUPRAPTO', 'RUSLI SUPRAPTO', ['exact', 'initial']],
    ['BUDI', 'AGUS', ['conflict']],
  ])('%s and %s', (left, right, expected) => {
    expect(levels(left, right).sort()).toEqual([...expected].sort());
  });

  it.each([
    ['AHMAD BIN ALI', 'AHMAD BIN ALI', ['exact', 'exact']],
    ['AHMAD BIN ALI', 'AHMAD BIN HASAN', ['exact', 'conflict']],
    ['AHMAD BIN H. ALI', 'AHMAD BIN HASAN', ['exact', 'conflict']],
    ['AHMAD BIN H. ALI', 'AHMAD BIN ALI', ['exact', 'exact']],
    ['AHMAD BIN ALI', 'ALI BIN AHMAD', ['conflict', 'conflict']],
    ['AHMAD BIN ALI', 'AHMAD', ['exact']],
    ['AHMAD BIN ALI', 'AHMAD ALI', ['exact', 'exact']],
    ['AHMAD BIN HASAN', 'AHMAD ALI', ['exact', 'absent_left']],
    ['ALI BIN AHMAD', 'AHMAD', ['conflict']],
  ])('compares fathers with fathers, or with a part that is spare: %s and %s', (one, other, expected) => {
    expect(levels(one, other)).toEqual(expected);
    const turned = expected.map((level) => (level === 'absent_left' ? 'absent_right' : level));
    expect(levels(other, one)).toEqual(turned);
  });

  it('takes the alias where it fits better', () => {
    expect(levels('ICIH ALIAS KURAESIH', 'KURAESIH')).toEqual(['exact']);
  });

  it('does not take two different names for one', () => {
    const agree = (left: string, right: string) =>
      compareNames(normaliseName(left, 'L'), normaliseName(right, 'L'))?.agrees;
    expect(agree('HASAN BASRI', 'HUSEN BASRI')).toBe(false);
    expect(agree('BUDI', 'AGUS')).toBe(false);
    expect(agree('M. BIN ALI', 'MANSUR BIN ALI')).toBe(false);
    expect(agree('MANSUR BIN ALI', 'MANSUR BIN ALLI')).toBe(true);
  });
});
