"""Messages out: to whom, once, in the reader's language; by e-mail in one digest a day.

Notice: thông báo. Digest: thư tổng hợp. Preference: tùy chọn nhận thông báo.
"""
