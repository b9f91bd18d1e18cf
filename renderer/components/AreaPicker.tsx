import { Combobox, Text, TextInput, useCombobox, type TextInputProps } from '@mantine/core';
import { useMemo, useState } from 'react';
import { fullAreaName, type WilayahPath } from '../../shared/domain/wilayah.ts';
import { searchable, searchAreas } from './area-search.ts';

interface AreaPickerProps extends Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue'> {
  /** Every area on offer: the 267 kelurahan and 44 kecamatan, or those of one office. */
  areas: readonly WilayahPath[];
  /** Code of the chosen area, or null. */
  value: string | null;
  onChange: (code: string | null) => void;
}

/** Finds a kelurahan or kecamatan while its name is typed: arrows choose, Enter takes. */
export function AreaPicker({ areas, value, onChange, onFocus, onBlur, ...rest }: AreaPickerProps) {
  const chosen = areas.find((area) => area.code === value) ?? null;
  const [typed, setTyped] = useState<string | null>(null);
  const entries = useMemo(() => searchable(areas), [areas]);
  const found = useMemo(() => searchAreas(entries, typed ?? '', 40), [entries, typed]);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });

  function choose(code: string) {
    onChange(code);
    setTyped(null);
    combobox.closeDropdown();
  }

  return (
    <Combobox store={combobox} onOptionSubmit={choose}>
      <Combobox.Target>
        <TextInput
          autoComplete="off"
          placeholder="Ketik nama kelurahan atau kecamatan"
          {...rest}
          value={typed ?? (chosen === null ? '' : fullAreaName(chosen))}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            if (value !== null) onChange(null);
            combobox.openDropdown();
            combobox.selectFirstOption();
          }}
          onFocus={(event) => {
            event.currentTarget.select();
            onFocus?.(event);
          }}
          onClick={() => combobox.openDropdown()}
          onBlur={(event) => {
            combobox.closeDropdown();
            onBlur?.(event);
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah="18rem" style={{ overflowY: 'auto' }} aria-label="Wilayah yang cocok">
          {found.map((area) => (
            <Combobox.Option key={area.code} value={area.code} active={area.code === value}>
              <Text size="sm">{fullAreaName(area)}</Text>
              <Text size="xs" c="dimmed">
                {[area.level === 'kelurahan' ? `Kec. ${area.kecamatan ?? ''}` : null, area.kabkota]
                  .filter((part) => part !== null)
                  .join(', ')}
              </Text>
            </Combobox.Option>
          ))}
          {found.length === 0 && (
            <Combobox.Empty>Tidak ada wilayah bernama “{typed}”. Periksa ejaannya.</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
