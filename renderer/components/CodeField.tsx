import { Combobox, TextInput, useCombobox, VisuallyHidden, type TextInputProps } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { optionOf, readCode, type CodeOption } from './coded.ts';
import classes from './CodeField.module.css';

interface CodeFieldProps extends Omit<
  TextInputProps,
  'value' | 'onChange' | 'defaultValue' | 'rightSection'
> {
  options: readonly CodeOption[];
  /** Value of an option, empty, or what was typed and is no code. */
  value: string;
  onChange: (value: string) => void;
}

/** A field that takes the number printed on the paper; Shift+Enter or the arrow keys open its list. */
export function CodeField({
  options,
  value,
  onChange,
  onFocus,
  onKeyDown,
  classNames,
  ...rest
}: CodeFieldProps) {
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const chosen = optionOf(options, value);

  function onListKeys(event: KeyboardEvent<HTMLInputElement>) {
    onKeyDown?.(event);
    // Esc closes the list, and only the list.
    if (event.key === 'Escape' && combobox.dropdownOpened) event.preventDefault();
    if (event.key !== 'Enter' || !event.shiftKey) return;
    event.preventDefault();
    combobox.openDropdown();
    combobox.selectActiveOption();
    combobox.updateSelectedOptionIndex('selected');
  }

  return (
    <Combobox
      store={combobox}
      width="max-content"
      position="bottom-start"
      onOptionSubmit={(picked) => {
        onChange(picked);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target withExpandedAttribute>
        <TextInput
          inputMode="numeric"
          autoComplete="off"
          maxLength={20}
          {...rest}
          classNames={{
            input: classes.input,
            section: classes.section,
            ...(typeof classNames === 'object' ? classNames : {}),
          }}
          value={chosen?.key ?? value}
          onChange={(event) => {
            onChange(readCode(options, event.currentTarget.value));
            combobox.closeDropdown();
          }}
          onFocus={(event) => {
            event.currentTarget.select();
            onFocus?.(event);
          }}
          onKeyDown={onListKeys}
          onClick={() => combobox.toggleDropdown()}
          rightSectionWidth="calc(100% - 2.25rem)"
          rightSectionPointerEvents="none"
          rightSection={
            <>
              <span className={classes.meaning}>{chosen?.label ?? ''}</span>
              <Combobox.Chevron size="xs" />
            </>
          }
        />
      </Combobox.Target>
      <VisuallyHidden role="status">{chosen?.label ?? ''}</VisuallyHidden>
      <Combobox.Dropdown>
        <Combobox.Options>
          {options.map((option) => (
            <Combobox.Option key={option.value} value={option.value} active={option.value === value}>
              <span className={classes.key}>{option.key}</span> {option.label}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
