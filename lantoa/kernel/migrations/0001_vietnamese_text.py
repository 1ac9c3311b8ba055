"""Create the immutable SQL functions behind generated search and sort columns.

They mirror lantoa.kernel.text; a test holds the two against each other.
"""

from django.db import migrations

CREATE = r"""
CREATE FUNCTION lantoa_fold(t text) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql AS $$
  SELECT btrim(regexp_replace(
           replace(regexp_replace(normalize(lower(t), NFD),
                                  '[\u0300-\u036f]', '', 'g'), 'đ', 'd'),
           '\s+', ' ', 'g'))
$$;

CREATE FUNCTION lantoa_key(t text) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql AS $$
  SELECT coalesce(string_agg(letters, ' ' ORDER BY n), '') || '!' ||
         coalesce(string_agg(tone, '' ORDER BY n), '')
    FROM (
      SELECT n,
             replace(replace(replace(replace(replace(replace(replace(
               normalize(regexp_replace(normalize(word, NFD),
                         '[\u0300\u0309\u0303\u0301\u0323]', '', 'g'), NFC),
               'ă', 'az'), 'â', 'azz'), 'đ', 'dz'), 'ê', 'ez'),
               'ô', 'oz'), 'ơ', 'ozz'), 'ư', 'uz') AS letters,
             CASE substring(normalize(word, NFD)
                            FROM '[\u0300\u0309\u0303\u0301\u0323]')
               WHEN U&'\0300' THEN '1' WHEN U&'\0309' THEN '2'
               WHEN U&'\0303' THEN '3' WHEN U&'\0301' THEN '4'
               WHEN U&'\0323' THEN '5' ELSE '0' END AS tone
        FROM regexp_split_to_table(normalize(lower(t), NFC), '[^0-9a-zà-ỹđ]+')
             WITH ORDINALITY AS words(word, n)
       WHERE word <> ''
    ) AS spelled
$$;
"""

DROP = "DROP FUNCTION lantoa_key(text); DROP FUNCTION lantoa_fold(text);"


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(CREATE, DROP)]
