/** What attaching a file says. */
export const words = {
  slot: 'Jenis lampiran',
  slotWrong: 'Kodenya 0 sampai 9.',
  choose: 'Pilih berkas',
  look: (name: string) => `Lihat ${name}`,
  takenAt: (when: string) => `dipotret ${when}`,
  position: (latitude: string, longitude: string) => `posisi ${latitude}, ${longitude}`,
} as const;
