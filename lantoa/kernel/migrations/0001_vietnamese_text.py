"""Create the immutable SQL functions behind generated search and sort columns.

They mirror lantoa.kernel.text; a test holds the two against each other. The collation
is named, so that they say the same on every server, whatever its locale.
"""

from django.db import migrations

CREATE = r"""
CREATE FUNCTION lantoa_fold(t text) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql AS $$
  SELECT btrim(regexp_replace(
           replace(regexp_replace(normalize(lower(t COLLATE pg_unicode_fast), NFD),
                                  '[\u0300-\u036f]', '', 'g'), 'đ', 'd'),
           '[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+',
           ' ', 'g'), ' ')
$$;

CREATE FUNCTION lantoa_key(t text) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql AS $$
  SELECT coalesce(string_agg(letters || tone, ' ' ORDER BY n), '')
    FROM (
      SELECT n,
             replace(replace(replace(replace(replace(replace(replace(
               normalize(regexp_replace(normalize(syllable, NFD),
                         '[\u0300\u0309\u0303\u0301\u0323]', '', 'g'), NFC),
               'ă', 'az'), 'â', 'azz'), 'đ', 'dz'), 'ê', 'ez'),
               'ô', 'oz'), 'ơ', 'ozz'), 'ư', 'uz') AS letters,
             CASE substring(normalize(syllable, NFD)
                            FROM '[\u0300\u0309\u0303\u0301\u0323]')
               WHEN U&'\0300' THEN '1' WHEN U&'\0309' THEN '2'
               WHEN U&'\0303' THEN '3' WHEN U&'\0301' THEN '4'
               WHEN U&'\0323' THEN '5' ELSE '0' END AS tone
        FROM regexp_split_to_table(
               normalize(lower(t COLLATE pg_unicode_fast), NFC), '[^0-9a-zà-ỹ]+')
             WITH ORDINALITY AS syllables(syllable, n)
       WHERE syllable <> ''
    ) AS spelled
$$;
"""

DROP = "DROP FUNCTION lantoa_key(text); DROP FUNCTION lantoa_fold(text);"


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(CREATE, DROP)]
