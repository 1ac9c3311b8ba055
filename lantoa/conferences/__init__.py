"""Nationwide online conferences (hội nghị trực tuyến toàn quốc).

Venues (điểm cầu), agenda (chương trình), roll call (điểm danh), the floor (phát biểu)
and conclusions (kết luận) that leave as tasks.
"""
