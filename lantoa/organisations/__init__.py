"""Who is who: dated units, bodies, councils, and who reports to whom.

Unit: đơn vị hành chính. Body: cơ quan, tổ chức. Council: Hội đồng phối hợp phổ biến,
giáo dục pháp luật. Succession: kế thừa sau sắp xếp. ReportsTo: quan hệ cấp trên – cấp
dưới theo từng ngành dọc.
"""
