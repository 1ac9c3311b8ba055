"""Running the system (vận hành): what its operator sees and does.

The state of database, queue, worker processes (tiến trình), seals, streams and disk;
backups (bản sao lưu) and verifications (kiểm tra nhật ký), which the journal remembers;
the figures for Prometheus (số đo); one line of the log for each request (yêu cầu).
"""
