import { Select, type SelectProps } from '@mantine/core';
import { useState } from 'react';

/**
 * A list that is typed into: what is typed narrows it to what is meant, and Enter takes the first of it. A text
 * that was emptied takes nothing; there, what is chosen can be let go by choosing it again, where it may be.
 */
export function SearchSelect(
  props: Omit<SelectProps, 'searchable' | 'allowDeselect' | 'selectFirstOptionOnChange' | 'onSearchChange'>,
) {
  const [search, setSearch] = useState('');
  return (
    <Select
      {...props}
      searchable
      onSearchChange={setSearch}
      selectFirstOptionOnChange={search !== ''}
      allowDeselect={props.clearable === true && search === ''}
    />
  );
}
