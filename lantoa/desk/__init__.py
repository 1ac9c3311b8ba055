"""The staff's home (bàn làm việc), and the pages of the journal (nhật ký)."""
