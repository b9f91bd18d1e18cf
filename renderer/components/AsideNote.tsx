import { Alert, Button, Group, Stack } from '@mantine/core';
import type { SetAside } from '../app/use-autosaved.ts';
import { AlertIcon } from './icons.tsx';

/** The person's own text, beside which a colleague's was saved: taken or thrown away, never by itself. */
export function AsideNote({ aside, by }: { aside: SetAside; by: string }) {
  return (
    <Alert
      color="orange"
      variant="light"
      icon={<AlertIcon />}
      title="Isian Anda yang belum tersimpan masih ada"
      mb="md"
    >
      <Stack gap="xs">
        {`Yang tampil di bawah disimpan oleh ${by}. Bila isian Anda dipakai, seluruh isian ini diganti.`}
        <Group gap="xs">
          <Button size="compact-sm" variant="default" onClick={aside.take}>
            Pakai isian saya
          </Button>
          <Button size="compact-sm" variant="default" onClick={aside.discard}>
            Buang isian saya
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
