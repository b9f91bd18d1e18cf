const labels: Record<string, string> = {
  name: 'nama',
  nik: 'NIK',
  nikNote: 'catatan NIK',
  sex: 'jenis kelamin',
  birthPlace: 'tempat lahir',
  birthDate: 'tanggal lahir',
  relation: 'hubungan dengan kepala rumah tangga',
  familyNo: 'nomor keluarga',
  familyRelation: 'hubungan dengan kepala keluarga',
  motherName: 'nama ibu kandung',
  kk: 'No KK',
  street: 'alamat',
  rt: 'RT',
  rw: 'RW',
  kelurahan: 'kelurahan',
  phone: 'telepon',
};

const places: readonly [pattern: RegExp, label: (part: string, rest: string) => string][] = [
  [
    /^body\.members\.(\d+)(?=\.|$)(?:\.(\w+))?/,
    (nth, name) => `${labelOf(name, 'data')} anggota ke-${Number(nth) + 1}`,
  ],
  [
    /^body\.household\.families\.(\d+)(?=\.|$)(?:\.(\w+))?/,
    (nth, name) => `${labelOf(name, 'data')} keluarga ke-${Number(nth) + 1}`,
  ],
  [/^body\.household\.address(?:\.(\w+))?/, (name) => `${labelOf(name, 'alamat')} rumah tangga`],
  [/^body\.household(?:\.(\w+))?/, (name) => `${labelOf(name, 'data')} rumah tangga`],
  [/^body\.visit/, () => 'hasil kunjungan'],
  [/^body\.identification/, () => 'hasil identifikasi'],
  [/^body\.attachments/, () => 'lampiran'],
];

/**
 * A field of a record as the clerk knows it: `body.members.0.nik` → `NIK anggota ke-1`. Null where it
 * is none that a person typed.
 */
export function fieldLabel(field: string | null): string | null {
  if (field === null) return null;
  for (const [pattern, label] of places) {
    const match = pattern.exec(field);
    if (match) return label(match[1] ?? '', match[2] ?? '');
  }
  return null;
}

function labelOf(name: string, otherwise: string): string {
  return labels[name] ?? otherwise;
}
