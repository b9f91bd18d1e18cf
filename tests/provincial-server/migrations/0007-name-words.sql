-- Names are kept as words with blanks between them: `M.Yusuf` stood there as one word, the name of a host.
UPDATE province_case SET member_names = regexp_replace(member_names, '[[:punct:]]+', ' ', 'g')
WHERE member_names ~ '[[:punct:]]';
